package har

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// moment is a time as programs write it: with or without a colon in the zone, or without a zone. An entry that was never
// sent may have none.
type moment struct{ time.Time }

// UnmarshalJSON reads a string.
func (m *moment) UnmarshalJSON(data []byte) error {
	var text string
	if string(data) == "null" {
		return nil
	}
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("startedDateTime: %w", err)
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	var err error
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00"} {
		if m.Time, err = time.Parse(layout, text); err == nil {
			return nil
		}
	}
	return fmt.Errorf("startedDateTime: %w", err)
}

// number is a whole number; some programs write it as a string or with a fraction, and null where there is none.
type number int64

// UnmarshalJSON reads a number or a string with one.
func (n *number) UnmarshalJSON(data []byte) error {
	text := strings.Trim(strings.TrimSpace(string(data)), `"`)
	if text == "null" || text == "" {
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("%s is not a number", data)
	}
	*n = number(x)
	return nil
}
