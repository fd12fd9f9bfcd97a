package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/pseudonym"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/har"
)

// StreamName is the stream in the folder of a recording.
const StreamName = "requests.jsonl"

// Format is the form of a file.
type Format string

// The forms that are read.
const (
	HAR       Format = "HAR file"
	AccessLog Format = "access log"
	Stream    Format = "request stream"
)

// Options say how a recording is read.
type Options struct {
	// Base is the address or the path of the target. Without one, what is SCIM is known by its content.
	Base string
	// Rules say which values of responses are ids besides id.
	Rules []recording.Rule
	// Tenant takes the requests of one tenant only.
	Tenant string
	// Redact hides secrets; nil hides credentials and passwords.
	Redact *exchange.Redactor
	// Names are pseudonyms for people; nil leaves them.
	Names *pseudonym.Names
	// Shapes notes which attributes the responses have.
	Shapes bool
}

// Result is what a recording had besides the lines of the stream.
type Result struct {
	Format Format
	// Read is the number of requests in the file, Taken of those in the stream.
	Read, Taken int
	Left        []Left
	// Tenants are whose requests were found, by the number of requests.
	Tenants map[string]int
	// Dropped are the headers that may hold secrets and are not in the stream.
	Dropped []string
	// Incomplete says that the file itself says that exchanges are missing.
	Incomplete bool
}

// source gives the exchanges of a file as often as it is asked.
type source func(yield func(x *exchange.Exchange, unread string) error) error

// Read reads a recording and gives its lines in order.
func Read(path string, o Options, yield func(recording.Line) error) (*Result, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = inFolder(path)
	}
	format, err := FormatOf(path)
	if err != nil {
		return nil, err
	}
	res := &Result{Format: format, Tenants: map[string]int{}}
	var from source
	switch format {
	case Stream:
		return res, res.copy(path, o, yield)
	case HAR:
		exchanges, complete, err := har.Exchanges(path)
		if err != nil {
			return nil, err //nolint:wrapcheck // it says all
		}
		res.Incomplete = !complete
		from = func(yield func(*exchange.Exchange, string) error) error {
			for _, x := range exchanges {
				if err := yield(x, ""); err != nil {
					return err
				}
			}
			return nil
		}
	case AccessLog:
		from = func(yield func(*exchange.Exchange, string) error) error { return eachLogLine(path, yield) }
	}
	return res, res.convert(from, o, yield)
}

func inFolder(dir string) string {
	for _, name := range []string{StreamName, har.FileName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name)
		}
	}
	return filepath.Join(dir, har.FileName)
}

// FormatOf looks at the beginning of a file.
func FormatOf(path string) (Format, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read recording: %w; hint: give a HAR file, an access log, a request stream, or the folder of a recording", err)
	}
	defer file.Close()
	r := bufio.NewReaderSize(file, 1<<16)
	head, err := r.Peek(1 << 16)
	if err != nil && len(head) == 0 && err != io.EOF { //nolint:errorlint // Peek returns it bare
		return "", fmt.Errorf("read recording %s: %w", path, err)
	}
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	first, _, _ := bytes.Cut(head, []byte("\n"))
	if len(head) == 0 {
		return "", fmt.Errorf("read recording %s: the file is empty; hint: give a HAR file, an access log or a request stream", path)
	}
	if head[0] == '{' && isStream(first) {
		return Stream, nil
	}
	var log logReader
	for line := range bytes.Lines(head) {
		if x, _ := log.read(string(bytes.TrimSpace(line))); x != nil {
			return AccessLog, nil
		}
	}
	if head[0] == '{' || head[0] == '[' {
		return HAR, nil
	}
	return "", fmt.Errorf("read recording %s: the form of the file is unknown; hint: give a HAR file, a request stream, or an access log in the combined format: "+
		`192.0.2.7 - - [24/Nov/2026:08:00:00 +0000] "GET /scim/v2/Users HTTP/1.1" 200 512 "-" "agent"`, path)
}

// isStream reports a line of a request stream: it has a method and a path, and its time counts from the first one.
func isStream(line []byte) bool {
	var l struct {
		At, Method, Path *string
		Log              any
	}
	if json.Unmarshal(line, &l) != nil || l.Method == nil || l.Path == nil || l.Log != nil {
		return false
	}
	_, isLog := parseJSONLog(line)
	return l.At != nil || !isLog
}

// convert makes a stream of exchanges. The first pass learns which addresses are SCIM targets, and of whom.
func (res *Result) convert(from source, o Options, yield func(recording.Line) error) error {
	s := newSieve(o.Base)
	err := from(func(x *exchange.Exchange, _ string) error {
		if x != nil {
			s.learn(x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if o.Redact == nil {
		o.Redact = exchange.NewRedactor()
	}
	stream := recording.NewStream(io.Discard)
	stream.Rules = o.Rules
	stream.Header = res.keeps
	names := s.tenantNames(o.Names != nil)
	err = from(func(x *exchange.Exchange, unread string) error {
		res.Read++
		if x == nil {
			s.leave(unread)
			return nil
		}
		if why := s.refuses(x); why != "" {
			s.leave(why)
			return nil
		}
		tenant := names[tenantOf(x)]
		res.Tenants[tenant]++
		if o.Tenant != "" && tenant != o.Tenant {
			return nil
		}
		if len(names) < 2 || o.Tenant != "" {
			tenant = ""
		}
		res.Taken++
		line := stream.Line(request(x, o), tenant)
		if o.Shapes && x.Status/100 == 2 {
			line.Shape = recording.ShapeOf(x.ResponseBody)
		}
		return yield(line)
	})
	res.Left = s.left()
	slices.Sort(res.Dropped)
	if err == nil && o.Tenant != "" && res.Tenants[o.Tenant] == 0 {
		return fmt.Errorf("the recording has no tenant %q; hint: `scimdrill stream inspect` lists its tenants", o.Tenant)
	}
	return err
}

// request is an exchange without secrets and, if asked, with pseudonyms.
func request(x *exchange.Exchange, o Options) *recording.Request {
	learnSecrets(o.Redact, x.RequestHeader)
	x = o.Redact.Exchange(x)
	if o.Names != nil {
		x = o.Names.Exchange(x)
	}
	return recording.FromExchange(x)
}

// keeps reports a header that cannot hold a secret; it notes the others.
func (res *Result) keeps(name string) bool {
	if !exchange.SecretHeader(name) {
		return true
	}
	if name = http.CanonicalHeaderKey(name); !slices.Contains(res.Dropped, name) {
		res.Dropped = append(res.Dropped, name)
	}
	return false
}

// learnSecrets has the credentials of a request hidden also where a body or an address repeats them.
func learnSecrets(r *exchange.Redactor, h http.Header) {
	for name, values := range h {
		for _, value := range values {
			switch name = strings.ToLower(name); {
			case name == "authorization" || name == "proxy-authorization":
				_, rest, ok := strings.Cut(value, " ")
				if !ok {
					rest = value
				}
				r.Add(rest)
			case name == "cookie":
				for pair := range strings.SplitSeq(value, ";") {
					if _, secret, ok := strings.Cut(pair, "="); ok && len(secret) >= 12 {
						r.Add(strings.TrimSpace(secret))
					}
				}
			case strings.Contains(name, "token") || strings.Contains(name, "key") || strings.Contains(name, "secret"):
				r.Add(value)
			}
		}
	}
}
