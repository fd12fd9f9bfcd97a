package reports

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Failure is an error in its parts. The member beside it that is a text has all of it in one.
type Failure struct {
	Code string `json:"code,omitempty"`
	// Why is the reason as one word, such as refused or timeout.
	Why string `json:"why,omitempty"`
	// Status is the HTTP status, 0 without a response.
	Status int `json:"status,omitempty"`
	// Text is the sentence alone.
	Text string `json:"text"`
	// Body is the response that the text speaks of.
	Body string `json:"body,omitempty"`
}

// errorText is an error as a page shows it: its point stands first.
type errorText struct {
	Code   string `json:"code,omitempty"`
	Text   string `json:"text,omitempty"`
	Detail string `json:"detail,omitempty"` // what the body says of itself
	Body   string `json:"body,omitempty"`
}

// explain arranges a failure; of a report that has the text alone, that is all there is. What
// the body says of itself was decoded, so it has to become visible again (S6).
func explain(text string, f *Failure) errorText {
	if f == nil {
		return errorText{Text: strings.TrimSpace(text)}
	}
	e := errorText{Code: f.Code, Text: strings.TrimSpace(f.Text), Body: strings.TrimSpace(f.Body)}
	var b bytes.Buffer
	if json.Indent(&b, []byte(e.Body), "", "  ") == nil {
		var said struct {
			Detail string `json:"detail"`
		}
		_ = json.Unmarshal([]byte(e.Body), &said) // a body of another form says nothing
		e.Detail, e.Body = outside.Lines(said.Detail), b.String()
	}
	return e
}

// failure leaves the response out of a failure and out of its text. A text without parts
// comes from an older report and may quote anything, so that it is left out whole.
func (p *pseudonyms) failure(text string, f *Failure) (string, *Failure) {
	switch {
	case text == "" && f == nil:
		return "", nil
	case f == nil:
		return leftOut, nil
	}
	c := *f
	c.Text = p.text(f.Text)
	if f.Body == "" {
		return p.text(text), &c
	}
	c.Body = leftOut
	before, after, quoted := strings.Cut(text, f.Body)
	if !quoted { // it may stand there in another spelling
		return leftOut, &c
	}
	return p.text(before + leftOut + after), &c
}
