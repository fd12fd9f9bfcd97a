package reports

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Exchange is one request and its response as evidence, redacted.
type Exchange struct {
	Method         string   `json:"method"`
	URL            string   `json:"url"`
	Status         int      `json:"status"`
	Failure        string   `json:"failure,omitempty"`
	RequestHeader  []Header `json:"requestHeader,omitempty"`
	RequestBody    string   `json:"requestBody,omitempty"`
	ResponseHeader []Header `json:"responseHeader,omitempty"`
	ResponseBody   string   `json:"responseBody,omitempty"`
	// Curl is a command that repeats the request.
	Curl string `json:"curl,omitempty"`
}

// Header is one line of a request or response header.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Headers returns the lines of a redacted header, sorted by name. Values of one name keep their
// order. It omits Date, because only Timing may differ between equal runs.
func Headers(h http.Header) []Header {
	var lines []Header
	for name, values := range h {
		if name == "Date" {
			continue
		}
		for _, value := range values {
			lines = append(lines, Header{name, value})
		}
	}
	slices.SortStableFunc(lines, func(a, b Header) int { return cmp.Compare(a.Name, b.Name) })
	return lines
}

// answer returns the status, or the failure class if there is no complete response.
func (e Exchange) answer() string {
	if e.Failure != "" {
		return cmp.Or(e.Failure, "no response")
	}
	return strconv.Itoa(e.Status)
}

// headerValue returns the first value of a header.
func headerValue(lines []Header, name string) string {
	for _, line := range lines {
		if strings.EqualFold(line.Name, name) {
			return line.Value
		}
	}
	return ""
}

// shortURL removes the base URL of the target, which the page shows once.
func shortURL(url, target string) string {
	base, _, _ := strings.Cut(target, "?")
	if path, ok := strings.CutPrefix(url, strings.TrimSuffix(base, "/")); ok && strings.HasPrefix(path, "/") {
		return path
	}
	return url
}
