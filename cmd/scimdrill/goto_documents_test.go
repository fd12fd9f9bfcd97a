package main

import (
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// documentRow is a row of docs/why/seeds.md.
type documentRow struct{ says, target, run, printed string }

// documentRows reads the tables of the page.
func documentRows(t *testing.T) []documentRow {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "why", "seeds.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []documentRow
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) != 4 || strings.HasPrefix(cells[2], "run") {
			continue
		}
		for i := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
		}
		rows = append(rows, documentRow{cells[0], cells[1], cells[2], cells[3]})
	}
	return rows
}

// TestGoToDocuments runs what docs/why/seeds.md says of the documents that the project grew from.
func TestGoToDocuments(t *testing.T) {
	t.Parallel()
	rows := documentRows(t)
	if len(rows) < 30 {
		t.Fatalf("the page has %d rows", len(rows))
	}
	servers := map[string]running{}
	dirs := map[string]string{}
	env := withToken()
	env["SCIMDRILL_BASIC_PASSWORD"] = "s3cr3t-basic"
	for _, r := range rows {
		if _, started := servers[r.target]; !started {
			dirs[r.target] = t.TempDir()
			if strings.HasPrefix(r.target, "--") {
				servers[r.target], _ = startTarget(t, env, 1, strings.Fields(r.target)...)
			}
		}
		got := r.perform(t, env, servers[r.target], dirs[r.target])
		if !strings.Contains(strings.Join(strings.Fields(got), " "), r.printed) {
			t.Errorf("%s\n%s prints\n%s\nand not %q", r.says, r.run, got, r.printed)
		}
	}
	for _, s := range servers {
		if s.stop != nil {
			s.stop()
		}
	}
}

// perform runs a command, whose files are in a folder, or sends a request. It returns what is printed.
func (r documentRow) perform(t *testing.T, env map[string]string, target running, dir string) string {
	t.Helper()
	if command, is := strings.CutPrefix(r.run, "scimdrill "); is {
		args := strings.Fields(strings.ReplaceAll(command, "$TARGET", target.url))
		for i, a := range args {
			if a == "--out" {
				args[i+1] = filepath.Join(dir, args[i+1])
			}
		}
		result := invocation{env: env}.run(t, args...)
		return result.stdout + result.stderr
	}
	method, rest, _ := strings.Cut(r.run, " ")
	path, body, _ := strings.Cut(rest, " ")
	req, err := http.NewRequestWithContext(t.Context(), method, target.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(path, "/persona/") {
		req.Header.Set("Authorization", "Bearer "+env["SCIMDRILL_TOKEN"])
	}
	if body != "" && !strings.HasPrefix(body, "{") {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	client := &http.Client{Timeout: time.Minute}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(res.Header.Get("Content-Type"), "html") && !strings.Contains(r.printed, "<") {
		return html.UnescapeString(string(text))
	}
	return string(text)
}
