package syncschema

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
)

// MarshalJSON writes the schema as it was read, compact and without its wrapper: every
// property, known or not, in its order (G-50).
func (s *Schema) MarshalJSON() ([]byte, error) {
	if s.raw == nil {
		return nil, errors.New("write schema: the schema was built in code, so it has no document")
	}
	return slices.Clone(s.raw), nil
}

// Hash tells schemas apart: equal documents have equal hashes, whatever the order of their
// members and their @odata annotations. A job whose hash changed starts an initial cycle (E-273).
// It is empty for a schema that was made in code.
func (s *Schema) Hash() string { return s.hash }

// hashOf hashes a decoded document.
func hashOf(value any) string {
	if object, ok := value.(map[string]any); ok {
		plain := maps.Clone(object)
		maps.DeleteFunc(plain, func(name string, _ any) bool { return strings.HasPrefix(name, "@odata.") })
		value = plain
	}
	canonical, err := json.Marshal(value) // maps are written in the order of their keys
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}
