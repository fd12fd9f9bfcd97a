package recording

import (
	"fmt"
	"strconv"
	"strings"
)

// Placeholder stands for the id of an object: {{users["ada@contoso.test"].id}}.
func Placeholder(collection, name string) string {
	return "{{" + variable(collection, name) + ".id}}"
}

func variable(collection, name string) string {
	return fmt.Sprintf("%s[%q]", strings.ToLower(collection), name)
}

// Holes takes the placeholders out of a text of a stream. In plain each of them is {{0}}, {{1}} and so on, so
// that paths and bodies can be taken apart although names have slashes and quotes.
func Holes(text string) (plain string, variables []string) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "{{")
		b.WriteString(before)
		if !found {
			return b.String(), variables
		}
		name, end := variableIn(after)
		b.WriteString("{{")
		if end == 0 {
			text = after
			continue
		}
		fmt.Fprintf(&b, "%d}}", len(variables))
		variables = append(variables, name)
		text = after[end:]
	}
}

// variableIn reads users["ada"].id}} and returns where it ends; 0 where the text is something else.
func variableIn(text string) (name string, end int) {
	open := strings.IndexByte(text, '[')
	if open < 1 || strings.ContainsAny(text[:open], "{}\" /") {
		return "", 0
	}
	quoted, err := strconv.QuotedPrefix(text[open+1:])
	if err != nil {
		return "", 0
	}
	rest := text[open+1+len(quoted):]
	stop := strings.Index(rest, "}}")
	if stop < 2 || !strings.HasPrefix(rest, "].") {
		return "", 0
	}
	end = open + 1 + len(quoted) + stop
	return text[:end], end + 2
}
