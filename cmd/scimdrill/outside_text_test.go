package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// told hands out the texts of the corpus in turn.
type told struct {
	texts []scan.Text
	n     atomic.Int64
}

func newTold() *told { return &told{texts: scan.Corpus()} }

func (c *told) next() string { return c.texts[int(c.n.Add(1))%len(c.texts)].Text }

// rewritten puts texts behind the strings of a JSON value that a reader does not depend on.
func rewritten(v any, next func() string) any {
	switch v := v.(type) {
	case map[string]any:
		for key, element := range v {
			if !slices.Contains([]string{"schemas", "id", "schema", "resourceType", "type", "method", "status", "startedDateTime"}, key) {
				v[key] = rewritten(element, next)
			}
		}
	case []any:
		for i := range v {
			v[i] = rewritten(v[i], next)
		}
	case string:
		return v + next()
	}
	return v
}

// hostileTarget is a target with texts of the corpus in names, errors, schemas, headers and status
// lines. It is right often enough for a run to go on. /oauth/token tells errors only.
func hostileTarget(t *testing.T) string {
	t.Helper()
	inner, err := target.New(target.Options{Seed: 1, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	texts := newTold()
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, n := w.Header(), requests.Add(1)
		for _, name := range []string{"Location", "ETag", "X-Request-Id", "Retry-After", "WWW-Authenticate"} {
			h.Set(name, fieldValue(texts.next()))
		}
		problem := fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400",`+
			`"scimType":%s,"detail":%s,"error":%[1]s,"error_description":%[2]s}`,
			quotedJSON(texts.next()), quotedJSON(texts.next()))
		switch {
		case r.URL.Path == "/oauth/token" || n%13 == 0 || n%3 == 0 && r.Method != http.MethodGet:
			h.Set("Content-Type", "application/scim+json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(problem))
		case n%29 == 0:
			connection, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(connection, "HTTP/1.1 503 a\x1b[2Jb\u202e\u009bc\r\nContent-Type: %s\r\nConnection: close\r\n\r\n%s",
					"text/\u202eplain", texts.next())
				_ = connection.Close()
			}
		default:
			recorder := httptest.NewRecorder()
			inner.ServeHTTP(recorder, r)
			var body any
			h.Set("Content-Type", "application/scim+json; x="+fieldValue(texts.next()))
			w.WriteHeader(recorder.Code)
			if json.Unmarshal(recorder.Body.Bytes(), &body) == nil {
				data, _ := json.Marshal(rewritten(body, texts.next))
				_, _ = w.Write(data)
			}
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// fieldValue is what HTTP allows of a text in a header; a client rejects the rest.
func fieldValue(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

func quotedJSON(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

// hostileTenant writes a directory with each text of the corpus in a name or a department, moved
// by so many.
func hostileTenant(t *testing.T, path string, moved int) string {
	t.Helper()
	var b strings.Builder
	list := scan.Corpus()
	for i := range len(list)/2 + 1 {
		text, second := quotedJSON(list[(2*i+moved)%len(list)].Text), quotedJSON(list[(2*i+1+moved)%len(list)].Text)
		fmt.Fprintf(&b, `{"@odata.type":"#microsoft.graph.user","id":"u%d","userPrincipalName":"u%[1]d@contoso.example","mailNickname":"u%[1]d",`+
			`"accountEnabled":true,"displayName":%s,"department":%s}`+"\n", i, text, second)
		if i%8 == 0 {
			fmt.Fprintf(&b, `{"@odata.type":"#microsoft.graph.group","id":"g%d","securityEnabled":true,"displayName":%s,`+
				`"members@delta":[{"id":"u%[1]d"}]}`+"\n", i, text)
		}
	}
	return writeTest(t, path, b.String())
}

// shows runs a command, on a terminal or into a log, and scans both streams.
func shows(t *testing.T, i invocation, terminals []bool, args ...string) {
	t.Helper()
	for _, terminal := range terminals {
		i.prepare = func(p *console.Process) { p.OutTerminal, p.ErrTerminal = terminal, terminal }
		ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
		i.ctx = ctx //nolint:fatcontext // each invocation has its own
		r := i.run(t, args...)
		stop()
		for _, stream := range []string{r.stdout, r.stderr} {
			drawn := regexp.MustCompile("\x1b\\[[0-9]+A\x1b\\[J").ReplaceAllString(stream, "\n") // by the line that shows how far a run is
			for _, mistake := range scan.Console([]byte(drawn), terminal && stream == r.stdout) {
				t.Errorf("%.200q: %.400s", args, mistake)
			}
		}
	}
}

// commandLeaves lists the commands that do something, by their path.
func commandLeaves(t *testing.T) map[string]*kong.Node {
	t.Helper()
	parser, err := kong.New(&commands{}, durationFlags())
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]*kong.Node{}
	for _, leaf := range parser.Model.Leaves(false) {
		list[strings.TrimPrefix(leaf.Path(), "scimdrill ")] = leaf
	}
	return list
}

// rawOnly is the reader of a format without a structure to keep.
func rawOnly([]byte) ([]string, error) { return nil, nil }

// scanFiles scans all files below a folder, each by the scanner of its format.
func scanFiles(t *testing.T, dir string) {
	t.Helper()
	readers := map[string]func([]byte) ([]string, error){
		".json": scan.JSON, ".jsonl": scan.JSON, ".har": scan.JSON, ".sarif": scan.JSON, ".xml": scan.XML, ".html": scan.HTML, ".md": scan.Markdown,
		".txt": rawOnly, ".yaml": rawOnly, ".prom": rawOnly, ".hlog": rawOnly,
	}
	seen := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		kind := filepath.Ext(path)
		if err != nil || d.IsDir() || strings.HasPrefix(kind, ".db") || kind == ".lock" || d.Name() == "lock" || strings.HasPrefix(d.Name(), "given-") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen[kind] = true
		for i, mistake := range scan.Raw(data) {
			if i < 3 {
				t.Errorf("%s: %s", path, mistake)
			}
		}
		read := readers[kind]
		if read == nil {
			t.Errorf("%s: no scanner for this kind of file", path)
			return nil
		}
		if _, err := read(data); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind := range readers {
		if !seen[kind] {
			t.Errorf("no file of the kind %s was written", kind)
		}
	}
}
