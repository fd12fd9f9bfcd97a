package k6

import (
	"bufio"
	_ "embed" // the script
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/replay"
)

// The files of an export. The script reads the data beside it.
const (
	ScriptName = "replay.k6.js"
	DataName   = "replay.k6.json"
)

//go:embed script.js
var script string

// Script writes the script; target is the default of TARGET.
func Script(w io.Writer, target string) error {
	name, err := json.Marshal(target)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, strings.Replace(script, "TARGET_DEFAULT", string(name), 1))
	return err
}

// Data writes the requests of all objects, each object in a line, and says how many requests are left
// out.
func Data(w io.Writer, chains []replay.Chain) (left int, err error) {
	out := bufio.NewWriter(w)
	separator := "[\n"
	for _, c := range chains {
		list := []replay.Plain{}
		for _, r := range c.Requests {
			if p, ok := r.Plain(); ok {
				list = append(list, p)
			} else {
				left++
			}
		}
		line, err := json.Marshal(list)
		if err != nil {
			return left, fmt.Errorf("write %s: %w", DataName, err)
		}
		_, _ = out.WriteString(separator) // Flush tells
		_, _ = out.Write(line)
		separator = ",\n"
	}
	if separator == "[\n" {
		_, _ = out.WriteString("[")
	}
	_, _ = out.WriteString("\n]\n")
	return left, out.Flush()
}
