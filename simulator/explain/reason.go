package explain

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Response is what the reason of a failure quotes of the endpoint's response (E-313).
type Response struct {
	// Status is the HTTP status, 0 if the reason has none.
	Status int `json:"status,omitempty"`
	// ScimType and Detail are of the SCIM error in the body.
	ScimType string `json:"scimType,omitempty"`
	Detail   string `json:"detail,omitempty"`
	// Body is the body as it is quoted.
	Body string `json:"body,omitempty"`
	// HTML says that the body is a page: a gateway responded, or a framework.
	HTML bool `json:"html,omitempty"`
}

// Retries say how often an operation was repeated (E-239).
type Retries struct {
	Count int       `json:"count"`
	Next  time.Time `json:"next,omitzero"`
}

// patterns of the reason.
type patterns struct{ word, number, bracket, body, times, next *regexp.Regexp }

func compiled() patterns {
	return patterns{
		word:    regexp.MustCompile(`(?i)status\s?code\s*[:=]\s*"?([A-Za-z]+)`),
		number:  regexp.MustCompile(`(?i)(?:status\s?(?:code)?\s*[:=]?\s*|HTTP(?:/\d(?:\.\d)?)?\s+)"?([1-5]\d\d)\b`),
		bracket: regexp.MustCompile(`\(([1-5]\d\d)\)`),
		body:    regexp.MustCompile(`(?is)web\s?response\s*:\s*(.*)`),
		times:   regexp.MustCompile(`(?i)retried\s+(\d+)\s+times?`),
		next:    regexp.MustCompile(`(?i)retried again after this date:?\s*([0-9T:.\- ]+[0-9])\s*(?:Z|UTC)?`),
	}
}

// parseReason reads the reason of a failure.
func parseReason(text string) (Response, *Retries) {
	p := compiled()
	var r Response
	head := text
	if m := p.body.FindStringSubmatchIndex(text); m != nil {
		head, r.Body = text[:m[0]], unretried(text[m[2]:m[3]])
	} else if i := strings.IndexByte(text, '{'); i >= 0 && strings.Contains(text[i:], "}") {
		r.Body = unretried(text[i:])
	}
	switch word, number, bracket := p.word.FindStringSubmatch(head), p.number.FindStringSubmatch(head), p.bracket.FindStringSubmatch(head); {
	case word != nil && statusOf(word[1]) != 0:
		r.Status = statusOf(word[1])
	case number != nil:
		r.Status, _ = strconv.Atoi(number[1])
	case bracket != nil:
		r.Status, _ = strconv.Atoi(bracket[1])
	}
	r.body()
	var retries *Retries
	if m := p.times.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		retries = &Retries{Count: n}
		if m := p.next.FindStringSubmatch(text); m != nil {
			retries.Next = when(m[1])
		}
	}
	return r, retries
}

// unretried is the quoted body without the sentence about retries behind it.
func unretried(text string) string {
	if i := strings.LastIndex(text, "This operation was retried"); i >= 0 {
		text = strings.TrimSuffix(strings.TrimSpace(text[:i]), ".")
	}
	return strings.TrimSpace(text)
}

func when(text string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05.9999999", "2006-01-02 15:04:05.9999999"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// statusOf finds the status of a name such as BadRequest, as .NET spells it.
func statusOf(name string) int {
	switch strings.ToLower(name) {
	case "found", "redirect":
		return http.StatusFound
	case "moved", "movedpermanently":
		return http.StatusMovedPermanently
	case "requestentitytoolarge":
		return http.StatusRequestEntityTooLarge
	case "unprocessablecontent":
		return http.StatusUnprocessableEntity
	case "requesturitoolong":
		return http.StatusRequestURITooLong
	}
	for status := 200; status < 600; status++ {
		spelled := strings.NewReplacer(" ", "", "-", "", "'", "").Replace(http.StatusText(status))
		if spelled != "" && strings.EqualFold(spelled, name) {
			return status
		}
	}
	return 0
}

// body reads the SCIM error, of version 2.0 or 1.1, or the members that other APIs use.
func (r *Response) body() {
	if strings.HasPrefix(strings.TrimSpace(r.Body), "<") {
		r.HTML = true
		return
	}
	start := strings.IndexByte(r.Body, '{')
	if start < 0 {
		return
	}
	var m map[string]any
	if json.NewDecoder(strings.NewReader(r.Body[start:])).Decode(&m) != nil {
		return
	}
	if list, _ := first(m, "errors").([]any); len(list) > 0 {
		if inner, ok := list[0].(map[string]any); ok {
			m = inner
		}
	} else if inner, ok := first(m, "error").(map[string]any); ok {
		m = inner
	}
	r.ScimType, _ = first(m, "scimType").(string)
	r.Detail, _ = first(m, "detail", "description", "message", "error_description", "error", "title").(string)
	if r.Status == 0 {
		switch v := first(m, "status", "code").(type) {
		case string:
			r.Status, _ = strconv.Atoi(v)
		case float64:
			r.Status = int(v)
		}
		if http.StatusText(r.Status) == "" {
			r.Status = 0
		}
	}
}

// first finds a member without regard to letter case.
func first(m map[string]any, names ...string) any {
	for _, name := range names {
		for key, v := range m {
			if strings.EqualFold(key, name) && v != nil && v != "" {
				return v
			}
		}
	}
	return nil
}
