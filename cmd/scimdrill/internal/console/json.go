package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// PrintIndented prints a value as indented JSON.
func (con *Console) PrintIndented(v any) error {
	compact, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	var text bytes.Buffer
	if err := json.Indent(&text, compact, "", "  "); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	con.PrintLines(text.String())
	return nil
}

// PrintJSON prints one line; an expression holds < and & as they are.
func (con *Console) PrintJSON(v any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print as JSON: %w", err)
	}
	con.PrintLines(b.String())
	return nil
}
