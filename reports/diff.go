package reports

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// maxDiffLines bounds the work of a difference, which grows with the square.
const maxDiffLines = 400

// diffLine is a line of a difference: "same", "minus" (expected only) or "plus" (actual only).
type diffLine struct{ Kind, Sign, Text string }

// differenceLines is the difference that the check gave, or one made from what
// was expected and found where both are JSON or both have several lines.
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

// markedLines reads a difference that marks its lines by their first character.
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

// canonical indents JSON with its keys sorted, so that only what differs differs.
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

// diffOf compares line by line, by their longest common subsequence.
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
