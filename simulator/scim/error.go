package scim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Error is what a target says about a request it refuses, RFC 7644 section 3.12.
type Error struct {
	Status   int
	ScimType string
	Detail   string
}

// Error is the status, the scimType and the detail in one line.
func (e *Error) Error() string {
	parts := []string{strconv.Itoa(e.Status)}
	if e.ScimType != "" {
		parts = append(parts, e.ScimType)
	}
	text := strings.Join(parts, " ")
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// DecodeError reads the body of a refusal; status is that of HTTP, which counts when the
// body has another or none. The second result is false when the body is no SCIM error;
// the Error then holds the status alone.
func DecodeError(status int, body []byte) (*Error, bool) {
	var shape struct {
		Schemas  []string `json:"schemas"`
		Status   any      `json:"status"` // a string by the RFC, a number with many targets
		ScimType string   `json:"scimType"`
		Detail   string   `json:"detail"`
	}
	if err := json.Unmarshal(body, &shape); err != nil {
		return &Error{Status: status}, false
	}
	known := shape.Detail != "" || shape.ScimType != ""
	for _, s := range shape.Schemas {
		known = known || strings.EqualFold(s, ErrorURN)
	}
	e := &Error{Status: status, ScimType: shape.ScimType, Detail: shape.Detail}
	if n, err := strconv.Atoi(fmt.Sprint(shape.Status)); err == nil && status == 0 {
		e.Status = n
	}
	return e, known
}
