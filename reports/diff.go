package reports

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// maxDiffLines limits the work of a difference, which grows quadratically.
const maxDiffLines = 400

// diffLine is a line of a difference. Kind is "same", "minus" (expected only) or "plus" (actual only).
type diffLine struct{ Kind, Sign, Text string }

// differenceLines returns the difference reported by the check. Otherwise, it compares Expected
// and Actual if both are JSON or both have several lines.
func differenceLines(c Check) []diffLine {
	if c.Difference != "" {
		return markedLines(c.Difference)
	}
	want, wantJSON := canonical(c.Expected)
	got, gotJSON := canonical(c.Actual)
	several := strings.Contains(want, "\n") && strings.Contains(got, "\n")
	if want == got || !several && (!wantJSON || !gotJSON) {
		return nil
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	if len(a) > maxDiffLines || len(b) > maxDiffLines {
		return nil
	}
	return diffOf(a, b)
}

// markedLines reads a difference whose lines start with a mark.
func markedLines(text string) []diffLine {
	var lines []diffLine
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "-"):
			lines = append(lines, diffLine{"minus", "-", line[1:]})
		case strings.HasPrefix(line, "+"):
			lines = append(lines, diffLine{"plus", "+", line[1:]})
		default:
			lines = append(lines, diffLine{"same", " ", strings.TrimPrefix(line, " ")})
		}
	}
	return lines
}

// canonical indents JSON and sorts its keys, so that equal values have equal text.
func canonical(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return text, false
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var value any
	if dec.Decode(&value) != nil || dec.More() {
		return text, false
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if enc.Encode(value) != nil {
		return text, false
	}
	return strings.TrimSpace(b.String()), true
}

// diffOf compares lines by their longest common subsequence.
func diffOf(a, b []string) []diffLine {
	common := make([][]int, len(a)+1) // common[i][j] is the length for a[i:] and b[j:]
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i, left := range slices.Backward(a) {
		for j, right := range slices.Backward(b) {
			if left == right {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var lines []diffLine
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			lines = append(lines, diffLine{"same", " ", a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			lines = append(lines, diffLine{"minus", "-", a[i]})
			i++
		default:
			lines = append(lines, diffLine{"plus", "+", b[j]})
			j++
		}
	}
	return lines
}
