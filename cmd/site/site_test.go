package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/explain"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/options"
)

var shared = sync.OnceValues(build) // the site, built once for all tests

// build builds the site of the repository.
func build() (map[string][]byte, error) {
	s, err := load(os.DirFS(filepath.Join("..", "..")))
	if err != nil {
		return nil, err
	}
	return s.files()
}

// built is the site of the repository.
func built(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// places are the ids of each page, and the links of each page in the site.
func places(t *testing.T, files map[string][]byte) (ids map[string]map[string]bool, links map[string][]string) {
	t.Helper()
	ids, links = map[string]map[string]bool{}, map[string][]string{}
	for name, data := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = map[string]bool{}
		for n := range doc.Descendants() {
			if id := attribute(n, "id"); id != "" {
				if ids[name][id] {
					t.Errorf("%s has the id %s twice", name, id)
				}
				ids[name][id] = true
			}
			for _, key := range []string{"href", "src"} {
				if to := attribute(n, key); to != "" {
					links[name] = append(links[name], to)
				}
			}
			if n.DataAtom == atom.Img && attribute(n, "alt") == "" {
				t.Errorf("%s: an image has no text", name)
			}
		}
	}
	return ids, links
}

// TestLinks follows every link inside the site, its anchor included. The site loads nothing from
// elsewhere, and links lead only to https.
func TestLinks(t *testing.T) {
	t.Parallel()
	files := built(t)
	ids, links := places(t, files)
	inside, outside := 0, 0
	for from, list := range links {
		for _, to := range list {
			if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "mailto:") {
				outside++
				continue
			}
			inside++
			file, anchor, anchored := strings.Cut(to, "#")
			file = path.Join(path.Dir(from), file)
			if strings.HasPrefix(to, "#") {
				file = from
			}
			if _, ok := files[file]; !ok {
				t.Errorf("%s: link to %s, which is not in the site", from, to)
			} else if anchored && !ids[file][anchor] {
				t.Errorf("%s: link to %s: no such place on the page", from, to)
			}
		}
	}
	t.Logf("%d pages, %d links inside, %d to other sites", len(ids), inside, outside)
	if len(ids) < 80 || inside < 5000 {
		t.Errorf("only %d pages and %d links were seen", len(ids), inside)
	}
}

// TestAddresses finds the section of everything that `scimdrill explain` and reports link to.
func TestAddresses(t *testing.T) {
	t.Parallel()
	files := built(t)
	ids, _ := places(t, files)
	want := func(page, id string) {
		if !ids[page][strings.ToLower(id)] {
			t.Errorf("%s has no section %s", page, id)
		}
	}
	for _, c := range suites.All() {
		page, anchor, _ := strings.Cut(strings.TrimPrefix(c.Docs(), catalog.Site), "#")
		want(page, anchor)
	}
	for _, d := range target.Catalog() {
		want("why/defects.html", d.ID)
	}
	for _, v := range target.Variants() {
		want("reference/variants.html", v.ID)
	}
	for _, id := range docs.Rules() {
		r, _ := docs.LookupRule(id)
		want("why/"+r.Page+".html", id)
	}
	for _, o := range options.All() {
		want("reference/options.html", o.Name)
	}
	for _, f := range expression.Functions() {
		want("reference/functions.html", f.Name)
	}
	for _, code := range explain.Codes() {
		want("reference/error-codes.html", code)
	}
}

// TestEveryPageIsFound reaches every page from the first one.
func TestEveryPageIsFound(t *testing.T) {
	t.Parallel()
	files := built(t)
	_, links := places(t, files)
	seen, open := map[string]bool{"index.html": true}, []string{"index.html"}
	for len(open) > 0 {
		from := open[0]
		open = open[1:]
		for _, to := range links[from] {
			file, _, _ := strings.Cut(to, "#")
			if file = path.Join(path.Dir(from), file); path.Ext(file) == ".html" && !strings.Contains(to, "://") && !seen[file] {
				seen[file] = true
				open = append(open, file)
			}
		}
	}
	for name := range files {
		if path.Ext(name) == ".html" && !seen[name] {
			t.Errorf("no link leads to %s", name)
		}
	}
}

// TestSearchIndex looks up what people search for.
func TestSearchIndex(t *testing.T) {
	t.Parallel()
	files := built(t)
	var entries []entry
	text := strings.TrimSuffix(strings.TrimPrefix(string(files["search-index.js"]), "window.searchIndex = "), ";\n")
	if err := json.Unmarshal([]byte(text), &entries); err != nil {
		t.Fatal(err)
	}
	for title, link := range map[string]string{
		"MEM-005": "reference/checks.html#mem-005", "E-96": "why/behaviour.html#e-96", "managerValue": "reference/options.html#managervalue",
		"Join": "reference/functions.html#join", "EntryConflict": "reference/error-codes.html#entryconflict", "Run in CI": "guide/ci.html",
		"scimdrill conform": "reference/commands.html#scimdrill-conform", "R-12": "why/requirements.html#r-12",
	} {
		i := slices.IndexFunc(entries, func(e entry) bool { return e.Title == title })
		if i < 0 || entries[i].Link != link || entries[i].Text == "" {
			t.Errorf("%s is not found at %s", title, link)
		}
	}
	if n := len(files["search-index.js"]); n > 1_000_000 {
		t.Errorf("the index has %d bytes", n)
	}
}

// TestEqualBytes builds the site twice, and writes it over an earlier one.
func TestEqualBytes(t *testing.T) {
	t.Parallel()
	root, out := filepath.Join("..", ".."), filepath.Join(t.TempDir(), "site")
	first := built(t)
	files, err := build()
	if err != nil {
		t.Fatal(err)
	}
	for name := range files {
		if !bytes.Equal(files[name], first[name]) {
			t.Errorf("%s differs between two builds", name)
		}
	}
	if err := write(out, files); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "old.html"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(root, out, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "old.html")); err == nil {
		t.Error("a page of the earlier site is still there")
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "mine.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(root, other, nil); err == nil || !strings.Contains(err.Error(), "hint: ") {
		t.Errorf("a folder of somebody else: %v", err)
	}
}

// TestWrongPages names what is wrong with a page.
func TestWrongPages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# A\n\n[b](b.md)":                   "docs/README.md: link to b.md",
		"# A\n\n[b](http://example.test/)":   "without https",
		"# A\n\n![b](b.png)":                 "docs/README.md: link to b.png",
		"no title":                           "docs/README.md has no title",
		"# A\n\n[b](../CONTRIBUTING.md#c-d)": "",
	} {
		root := fstest.MapFS{
			"docs/README.md": {Data: []byte(text)}, "CONTRIBUTING.md": {Data: []byte("# B\n\n## C d\n")}, "reports/html/base.css": {Data: []byte(":root {}\n* {}")},
		}
		s, err := load(root)
		if err == nil {
			_, err = s.files()
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
