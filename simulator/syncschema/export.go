package syncschema

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// MarshalJSON writes the schema as it was read, compact and without its wrapper: every
// property, known or not, in its order (G-50).
func (s *Schema) MarshalJSON() ([]byte, error) {
	if s.raw == nil {
		return nil, errors.New("write schema: it was made in code and not parsed, so there is no document to write")
	}
	return slices.Clone(s.raw), nil
}

// Hash tells schemas apart: equal documents have equal hashes, whatever the order of their
// members and their @odata annotations. A job whose hash changed starts an initial cycle (E-273).
func (s *Schema) Hash() string {
	value, err := decode(s.raw)
	if err != nil {
		return "" // made in code
	}
	if object, ok := value.(map[string]any); ok {
		for name := range object {
			if strings.HasPrefix(name, "@odata.") {
				delete(object, name)
			}
		}
	}
	canonical, err := json.Marshal(value) // maps are written in the order of their keys
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}
