// Package har reads the requests of a recording out of a HAR file.
//
//	exchanges.har ─► Load ─► []*recording.Request ─► recording/diff
package har

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// FileName is the file of a recording in its folder.
const FileName = "exchanges.har"

// mostBytes is the size of the largest file that is read.
const mostBytes = 512 << 20

type pair struct{ Name, Value string }

type content struct {
	Text, Encoding string
	Size           number
}

type entry struct {
	Label           string `json:"_label"`
	StartedDateTime moment
	Request         struct {
		Method, URL string
		Headers     []pair
		PostData    *content
	}
	Response struct {
		Status  number
		Headers []pair
		Content content
	}
}

// Load reads the requests of a HAR file, or of the one in a folder, in the order in which
// they were sent. complete is false where the file says that exchanges are missing.
func Load(path string) (requests []*recording.Request, complete bool, err error) {
	exchanges, complete, err := Exchanges(path)
	for _, x := range exchanges {
		requests = append(requests, recording.FromExchange(x))
	}
	return requests, complete, err
}

// Exchanges is Load for those who need the responses too. Headers have the names that the file gives
// them. Requests that read a target back after a run are left out.
func Exchanges(path string) (exchanges []*exchange.Exchange, complete bool, err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, FileName)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, false, fmt.Errorf("read recording: %w; hint: give a HAR file, or a folder written by `record` or `simulate --transcript all`", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err != nil {
		return nil, false, fmt.Errorf("read recording: %w", err)
	}
	if len(data) > mostBytes {
		return nil, false, fmt.Errorf("read recording %s: the file exceeds %d MB", path, mostBytes>>20)
	}
	var har struct {
		Log *struct {
			Comment string
			Entries []entry
		}
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &har); err != nil {
		return nil, false, fmt.Errorf("read recording %s: not a HAR file: %w", path, err)
	}
	if har.Log == nil {
		return nil, false, fmt.Errorf("read recording %s: not a HAR file: log is missing", path)
	}
	for i := range har.Log.Entries {
		if har.Log.Entries[i].Label == exchange.EndState {
			continue
		}
		x, err := har.Log.Entries[i].exchange()
		if err != nil {
			return nil, false, fmt.Errorf("read recording %s, entry %d: %w", path, i+1, err)
		}
		exchanges = append(exchanges, x)
	}
	slices.SortStableFunc(exchanges, func(a, b *exchange.Exchange) int { return a.Started.Compare(b.Started) })
	for i, x := range exchanges {
		x.ID = i + 1
	}
	return exchanges, !strings.Contains(har.Log.Comment, "Incomplete"), nil
}

// exchange is what an entry says.
func (e *entry) exchange() (*exchange.Exchange, error) {
	if e.Request.Method == "" || e.Request.URL == "" {
		return nil, errors.New("method or URL is missing")
	}
	x := &exchange.Exchange{
		Started: e.StartedDateTime.Time, Method: strings.ToUpper(e.Request.Method), URL: e.Request.URL,
		RequestHeader: http.Header{}, ResponseHeader: http.Header{}, Status: int(e.Response.Status),
	}
	for _, h := range e.Request.Headers {
		x.RequestHeader[h.Name] = append(x.RequestHeader[h.Name], h.Value)
	}
	for _, h := range e.Response.Headers {
		x.ResponseHeader.Add(h.Name, h.Value)
	}
	x.Truncated = e.Response.Content.Size > 0 && e.Response.Content.Text == ""
	var err error
	if e.Request.PostData != nil {
		if x.RequestBody, err = e.Request.PostData.bytes(); err != nil {
			return nil, fmt.Errorf("postData: %w", err)
		}
	}
	if x.ResponseBody, err = e.Response.Content.bytes(); err != nil {
		return nil, fmt.Errorf("content: %w", err)
	}
	return x, nil
}

func (c *content) bytes() ([]byte, error) {
	if c.Encoding == "base64" {
		return base64.StdEncoding.DecodeString(c.Text) //nolint:wrapcheck // the caller says where
	}
	return []byte(c.Text), nil
}
