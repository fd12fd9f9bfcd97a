package explained

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/explain"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/options"
)

var update = flag.Bool("update", false, "rewrite the page of error codes")

// pageFolder is the folder of the pages.
var pageFolder = filepath.Join("..", "..", "..", "..", "docs")

func readPage(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(pageFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// flat is a Markdown text as `scimdrill explain` would print it: links to other sites with their address.
func flat(text string) string {
	text = regexp.MustCompile(`\[([^\]]*)\]\([^):]*\)`).ReplaceAllString(text, "$1")
	text = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`).ReplaceAllString(text, "$1 $2")
	return strings.Join(strings.Fields(strings.NewReplacer(`\|`, "|", "&lt;", "<", `\*`, "*", "`", "", "**", "").Replace(text)), " ")
}

// sections are the parts of a page by the id at the beginning of their heading, or of their row of
// a table.
func sections(page string) map[string]string {
	out := map[string]string{}
	id := ""
	for line := range strings.Lines(page) {
		if heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			id, _, _ = strings.Cut(strings.TrimSpace(heading), ":")
		}
		if row, ok := strings.CutPrefix(line, "| "); ok {
			cell, _, _ := strings.Cut(row, " |")
			out[strings.Trim(cell, "`")] += line
		}
		out[id] += line
	}
	return out
}

// TestSubjectsAreOnTheirPages compares what `explain` prints with the section that its line docs
// names: every fact stands there, and the section exists.
func TestSubjectsAreOnTheirPages(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, c := range suites.All() {
		ids = append(ids, string(c.ID))
	}
	for _, d := range target.Catalog() {
		ids = append(ids, d.ID)
	}
	for _, v := range target.Variants() {
		ids = append(ids, v.ID)
	}
	for _, o := range options.All() {
		ids = append(ids, o.Name)
	}
	for _, f := range expression.Functions() {
		ids = append(ids, f.Name)
	}
	ids = append(append(ids, explain.Codes()...), "E-96", "W-58", "A-10", "R-12")
	pages := map[string]map[string]string{}
	for _, id := range ids {
		about := subjects(id)
		if len(about) != 1 {
			t.Errorf("%s has %d subjects", id, len(about))
			continue
		}
		s := about[0]
		address := s.Facts[len(s.Facts)-1]
		name, anchor, _ := strings.Cut(strings.TrimPrefix(address.Text, catalog.Site), ".html#")
		if address.Name != "docs" || !strings.EqualFold(anchor, s.ID) {
			t.Fatalf("%s: the last fact is %v", id, address)
		}
		if pages[name] == nil {
			pages[name] = sections(readPage(t, name+".md"))
		}
		text := flat(pages[name][s.ID])
		if text == "" {
			t.Errorf("%s.md has no section %s", name, s.ID)
		}
		for _, f := range append([]fact{{"title", s.Title}}, s.Facts[:len(s.Facts)-1]...) {
			if !onPage(text, f) {
				t.Errorf("%s.md, %s: %s is missing: %s", name, s.ID, f.Name, f.Text)
			}
		}
	}
}

// onPage reports whether all parts of a fact are in a section. Commands that only lead to more
// are the same on the whole page, and what names a rule is on the pages of the others.
func onPage(text string, f fact) bool {
	if slices.Contains([]string{"set", "more", "try", "evidence", "check", "explains"}, f.Name) {
		return true
	}
	for part := range strings.SplitSeq(flat(f.Text), ": ") {
		if !strings.Contains(text, strings.TrimSuffix(part, ".")) {
			return false
		}
	}
	return true
}

// TestErrorCodesPage holds the list of error codes to what `explain` says; -update writes it.
func TestErrorCodesPage(t *testing.T) {
	t.Parallel()
	codes := explain.Codes()
	slices.SortFunc(codes, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	var page strings.Builder
	page.WriteString(`# Error codes of the provisioning log

Error codes and skip reasons, by name. A connector can put a prefix before a code. ` + "`scimdrill explain CODE`" + ` prints a section, and
` + "`scimdrill explain FILE`" + ` explains a log. This page is made from the program by ` + "`make golden`" + `.
`)
	for _, code := range codes {
		s, ok := codeOf(code)
		if !ok {
			t.Fatalf("%s is unknown", code)
		}
		fmt.Fprintf(&page, "\n## %s\n\n%s\n\n", s.ID, s.Title)
		for _, f := range s.Facts {
			switch f.Name {
			case "docs":
				continue
			case "checks":
				f.Text = linked(f.Text, "checks.md")
			case "defects":
				f.Text = linked(f.Text, "../why/defects.md")
			}
			fmt.Fprintf(&page, "- %s: %s\n", strings.ToUpper(f.Name[:1])+f.Name[1:], strings.ReplaceAll(f.Text, "<", "&lt;"))
		}
	}
	if *update {
		err := os.WriteFile(filepath.Join(pageFolder, "reference", "error-codes.md"), []byte(page.String()), 0o644) //nolint:gosec // a page of the repository
		if err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(page.String(), readPage(t, "reference/error-codes.md")); diff != "" {
		t.Errorf("docs/reference/error-codes.md is not what the program says; run `make golden` (-program +page):\n%s", diff)
	}
}

// linked makes links of a list of ids.
func linked(ids, page string) string {
	parts := strings.Split(ids, ", ")
	for i, id := range parts {
		parts[i] = "[" + id + "](" + page + "#" + strings.ToLower(id) + ")"
	}
	return strings.Join(parts, ", ")
}
