package exchange

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxHARBody is the maximum size of a body in the file.
const maxHARBody = 256 << 10

type harItem struct {
	Started  string      `json:"startedDateTime"`
	Time     float64     `json:"time"`
	Request  harRequest  `json:"request"`
	Response harResponse `json:"response"`
	Cache    struct{}    `json:"cache"`
	Timings  harTimings  `json:"timings"`
	ID       int         `json:"_id"`
	Label    string      `json:"_label,omitempty"`
	Virtual  string      `json:"_virtualTime,omitempty"`
	Error    Failure     `json:"_error,omitempty"`
}

type harRequest struct {
	Method      string      `json:"method"`
	URL         string      `json:"url"`
	HTTPVersion string      `json:"httpVersion"`
	Cookies     []harPair   `json:"cookies"`
	Headers     []harPair   `json:"headers"`
	QueryString []harPair   `json:"queryString"`
	PostData    *harContent `json:"postData,omitempty"`
	HeadersSize int         `json:"headersSize"`
	BodySize    int         `json:"bodySize"`
}

type harResponse struct {
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []harPair  `json:"cookies"`
	Headers     []harPair  `json:"headers"`
	Content     harContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
	HeadersSize int        `json:"headersSize"`
	BodySize    int        `json:"bodySize"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harContent struct {
	Size     *int   `json:"size,omitempty"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text"`
	Encoding string `json:"encoding,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

type harTimings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

// harEntry expects a redacted exchange.
func harEntry(e *Exchange) harItem {
	proto := e.Proto
	if proto == "" {
		proto = "HTTP/1.1"
	}
	item := harItem{
		Started: e.Started.UTC().Format(time.RFC3339Nano), Time: millis(e.Duration),
		Timings: harTimings{Wait: millis(e.Wait), Receive: millis(max(0, e.Duration-e.Wait))},
		ID:      e.ID, Label: e.Label, Error: e.Failure,
		Request: harRequest{
			Method: e.Method, URL: e.URL, HTTPVersion: proto, Cookies: []harPair{}, Headers: headerPairs(e.RequestHeader),
			QueryString: queryPairs(e.URL), HeadersSize: -1, BodySize: len(e.RequestBody),
		},
		Response: harResponse{
			Status: e.Status, StatusText: http.StatusText(e.Status), HTTPVersion: proto, Cookies: []harPair{},
			Headers: headerPairs(e.ResponseHeader), RedirectURL: field(e.ResponseHeader, "Location"), HeadersSize: -1, BodySize: -1,
		},
	}
	if !e.Virtual.IsZero() {
		item.Virtual = e.Virtual.UTC().Format(time.RFC3339Nano)
	}
	if len(e.RequestBody) > 0 {
		post := content(e.RequestBody, e.RequestHeader)
		item.Request.PostData = &post
	}
	size := len(e.ResponseBody)
	item.Response.Content = content(e.ResponseBody, e.ResponseHeader)
	item.Response.Content.Size = &size
	if e.Truncated {
		item.Response.Content.Comment = "The body is incomplete."
	}
	return item
}

// shortened says of each body that is not whole how large it was.
func (i *harItem) shortened(short, whole *Exchange) {
	if n := len(whole.RequestBody); len(short.RequestBody) < n {
		i.Request.BodySize, i.Request.PostData.Comment = n, fmt.Sprintf("The beginning of %d bytes.", n)
	}
	if n := len(whole.ResponseBody); len(short.ResponseBody) < n {
		i.Response.Content.Size, i.Response.Content.Comment = &n, fmt.Sprintf("The beginning of %d bytes.", n)
		if whole.Truncated {
			i.Response.Content.Comment = "The body is incomplete. " + i.Response.Content.Comment
		}
	}
}

func content(body []byte, h http.Header) harContent {
	c := harContent{MimeType: field(h, "Content-Type")}
	if c.MimeType == "" {
		c.MimeType = "x-unknown"
	}
	if utf8.Valid(body) {
		c.Text = string(body)
		return c
	}
	c.Text, c.Encoding = base64.StdEncoding.EncodeToString(body), "base64"
	return c
}

func headerPairs(h http.Header) []harPair {
	pairs := []harPair{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			if value == "" && strings.EqualFold(name, "User-Agent") {
				continue // that is how net/http is told to send none
			}
			pairs = append(pairs, harPair{name, value})
		}
	}
	return pairs
}

func queryPairs(rawURL string) []harPair {
	pairs := []harPair{}
	u, err := url.Parse(rawURL)
	if err != nil {
		return pairs
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, harPair{unescape(name), unescape(value)})
	}
	return pairs
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func millis(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
