package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestLinks follows every relative link of every Markdown page, its anchor included.
func TestLinks(t *testing.T) {
	t.Parallel()
	pages := 0
	known := map[string]map[string]bool{} // the anchors of pages that were linked to
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".") && name != "..") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			pages++
			followLinks(t, path, known)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 60 {
		t.Errorf("only %d pages were found", pages)
	}
}

func followLinks(t *testing.T, page string, known map[string]map[string]bool) {
	text := withoutCode(read(t, page))
	for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(text, -1) {
		if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
			continue
		}
		file, anchor, anchored := strings.Cut(m[1], "#")
		to := page
		if file != "" {
			to = filepath.Join(filepath.Dir(page), file)
		}
		if _, err := os.Stat(to); err != nil {
			t.Errorf("%s: link to %s: %v", page, m[1], err)
			continue
		}
		if !anchored {
			continue
		}
		if known[to] == nil {
			known[to] = anchors(read(t, to))
		}
		if !known[to][anchor] {
			t.Errorf("%s: link to %s: the heading is missing", page, m[1])
		}
	}
}

// anchors are the places of a page that a link can name, by GitHub's rules.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ +(.*)$`).FindAllStringSubmatch(fenced.ReplaceAllString(text, "\n"), -1) {
		out[slug(m[1])] = true
	}
	for _, m := range regexp.MustCompile(`<a (?:id|name)="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		out[m[1]] = true
	}
	return out
}

// slug is the anchor of a heading.
func slug(heading string) string {
	heading = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(heading, "$1")
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
}

var fenced = regexp.MustCompile("(?ms)^ *```.*?^ *```$")

// withoutCode leaves out what is code, and so no link.
func withoutCode(text string) string {
	return regexp.MustCompile("`[^`\n]*`").ReplaceAllString(fenced.ReplaceAllString(text, "\n"), "code")
}

// TestDecisionsIndex finds every decision log in the index.
func TestDecisionsIndex(t *testing.T) {
	t.Parallel()
	index := read(t, "decisions/README.md")
	logs, err := filepath.Glob("decisions/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, log := range logs {
		if name := filepath.Base(log); name != "README.md" && !strings.Contains(index, "]("+name+")") {
			t.Errorf("decisions/README.md does not list %s", name)
		}
	}
}
