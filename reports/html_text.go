package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxBodyShown is how much of a body the page shows.
const maxBodyShown = 16 << 10

// pretty indents a JSON body and cuts a long one.
func pretty(body string) string {
	var b bytes.Buffer
	if len(body) <= maxBodyShown && json.Indent(&b, []byte(body), "", "  ") == nil {
		return b.String()
	}
	if len(body) <= maxBodyShown {
		return body
	}
	cut := maxBodyShown
	for cut > 0 && !utf8.RuneStart(body[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n… %s more", body[:cut], count(len(body)-cut, "byte"))
}

// differenceLine is a line of a difference and its side.
type differenceLine struct{ Kind, Text string }

// difference marks the lines that stand on one side only.
func difference(text string) []differenceLine {
	var lines []differenceLine
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		kind := "same"
		switch {
		case strings.HasPrefix(line, "-"):
			kind = "minus"
		case strings.HasPrefix(line, "+"):
			kind = "plus"
		}
		lines = append(lines, differenceLine{kind, line})
	}
	return lines
}

// seconds is the wall time of the run in words.
func seconds(t Timing) string { return fmt.Sprintf("%.1f s", t.Ended.Sub(t.Started).Seconds()) }
