package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// longest is the longest line of a stream or a log.
const longest = 64 << 20

// copy reads a stream, which is one already.
func (res *Result) copy(path string, o Options, yield func(recording.Line) error) error {
	if o.Names != nil || len(o.Rules) > 0 || o.Base != "" {
		return errors.New("a request stream has no responses, so it takes no pseudonyms, no rules for ids and no base; hint: convert the HAR file it was made of")
	}
	return eachLine(path, func(number int, text []byte) error {
		var line recording.Line
		if err := json.Unmarshal(text, &line); err != nil {
			return fmt.Errorf("read stream %s, line %d: %w; hint: a stream has one JSON object a line, as `scimdrill record` writes it", path, number, err)
		}
		if line.Method == "" || line.Path == "" {
			return fmt.Errorf("read stream %s, line %d: method or path is missing", path, number)
		}
		res.Read++
		tenant := line.Tenant
		if tenant == "" {
			tenant = "the target"
		}
		res.Tenants[tenant]++
		if o.Tenant != "" && o.Tenant != line.Tenant {
			return nil
		}
		res.Taken++
		if o.Tenant != "" {
			line.Tenant = ""
		}
		return yield(line)
	})
}

// eachLine gives the lines of a file that are not empty.
func eachLine(path string, yield func(number int, text []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read recording: %w", err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(make([]byte, 1<<16), longest)
	for number := 1; scanner.Scan(); number++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		if err := yield(number, text); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("read recording %s: %w", path, err)
	}
	return nil
}
