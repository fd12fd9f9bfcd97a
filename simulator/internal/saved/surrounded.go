package saved

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// surrounded says what stands in a file instead of JSON, before it or behind it: messages of a tool
// that went into the file, a prompt that was copied, or a list for the screen. It is nil for others.
func (f *File) surrounded(offset, line int) error {
	offset = min(max(offset, 0), len(f.Text))
	before, found := bytes.TrimSpace(f.Text[:offset]), strings.TrimSpace(firstLine(f.Text[offset:]))
	if len(before) > 0 {
		if end := before[len(before)-1]; end == '}' || end == ']' {
			return fmt.Errorf("%s:%d: text stands behind the JSON: %q; hint: delete it, and keep the JSON", f.Name, line, shorten(found))
		}
		return nil
	}
	whole := string(bytes.TrimSpace(f.Text))
	switch {
	case onScreen(whole):
		return fmt.Errorf("%s:%d: this is a list for the screen, in which PowerShell omits properties and cuts values; hint: type … | ConvertTo-Json -Depth 10 | Out-File %s",
			f.Name, line, f.Name)
	case strings.Contains(whole, "\n{") || strings.Contains(whole, "\n["):
		return fmt.Errorf("%s:%d: text stands before the JSON: %q; hint: delete it, and keep the JSON; with Azure CLI, --only-show-errors omits warnings",
			f.Name, line, shorten(found))
	case strings.HasPrefix(strings.ToUpper(found), "ERROR"):
		return fmt.Errorf("%s:%d: the file contains the error of a tool: %q; hint: repeat the command, and save its response", f.Name, line, shorten(found))
	}
	return nil
}

// onScreen recognises Format-Table and Format-List: a line of dashes below the names, or "Name : value".
func onScreen(text string) bool {
	table := regexp.MustCompile(`^\S.*\r?\n *-+( +-+)*\s*(\r?\n|$)`)
	list := regexp.MustCompile(`^[A-Za-z]\w* +: ?.*\r?\n[A-Za-z]\w* +:`)
	return table.MatchString(text) || list.MatchString(text)
}

func firstLine(text []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimLeft(text, " \t\r\n"), []byte("\n"))
	return string(line)
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
