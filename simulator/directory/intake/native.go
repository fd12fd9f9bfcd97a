package intake

import (
	"bytes"
	"encoding/json"
)

// Native reports whether a file begins as a tenant file does: one Graph resource on its first line,
// with @odata.type. Such a file can be read line by line, whatever its size.
func Native(head []byte) bool {
	line, _, whole := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	if !whole && len(line) > 1<<15 { // a line that is longer than what was read of it
		return bytes.HasPrefix(line, []byte("{")) && bytes.Contains(line[:1<<15], []byte(`"@odata.type"`))
	}
	var m map[string]json.RawMessage
	if json.Unmarshal(line, &m) != nil {
		return false
	}
	if _, page := m["value"]; page {
		return false
	}
	_, typed := m["@odata.type"]
	return typed
}
