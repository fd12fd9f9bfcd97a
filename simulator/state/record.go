package state

import (
	"context"
	"encoding/json"
	"fmt"
)

// Load reads the JSON record under a key into v and reports whether there is one.
func (s *Store) Load(ctx context.Context, key string, v any) (bool, error) {
	var text string
	ok, err := s.row(ctx, "SELECT value FROM record WHERE key = ?", []any{key}, &text)
	if err != nil || !ok {
		return false, err
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return false, fmt.Errorf("read job state %s, record %q: %w", s.path, key, err)
	}
	return true, nil
}

// Save writes v as the JSON record under a key.
func (s *Store) Save(ctx context.Context, key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write job state %s, record %q: %w", s.path, key, err)
	}
	return s.exec(ctx, "INSERT INTO record (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, string(text))
}
