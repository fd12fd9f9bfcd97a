package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// native is the value as Graph has it, of a value that a tool wrote in its own form.
func native(name string, v any) any {
	switch saved.Normal(name) {
	case "blocksignin", "blockcredential": // the opposite of accountEnabled
		return opposite(v)
	case "telephonenumber": // one number, whatever it contains
		if text, ok := v.(string); ok && text != "" {
			return []any{text}
		}
	case "onpremisesextensionattributes":
		if m, ok := v.(map[string]any); ok {
			return lowered(m)
		}
	}
	if text, ok := v.(string); ok {
		return dated(text)
	}
	return v
}

func opposite(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		switch strings.ToLower(v) {
		case "yes", "true":
			return "no"
		case "no", "false":
			return "yes"
		}
	}
	return v
}

// lowered has the names of PowerShell, ExtensionAttribute1, in the spelling of Graph.
func lowered(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for name, v := range m {
		runes := []rune(name)
		if name == "" || name == "AdditionalProperties" {
			continue
		}
		runes[0] = unicode.ToLower(runes[0])
		out[string(runes)] = v
	}
	return out
}

// dated turns the dates of Windows PowerShell, /Date(1700000000000)/, into those of Graph.
func dated(text string) any {
	m := regexp.MustCompile(`^/Date\((-?\d{1,15})([+-]\d{4})?\)/$`).FindStringSubmatch(text)
	if m == nil {
		return text
	}
	ms, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return text
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}
