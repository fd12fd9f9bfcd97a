package explained

import (
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// subject is what is known about an id: facts with labels, in order.
type subject struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Facts []fact `json:"facts"`
}

type fact struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// add adds a fact that is known.
func (s *subject) add(name, text string) {
	if text = strings.TrimSpace(text); text != "" {
		s.Facts = append(s.Facts, fact{name, text})
	}
}

// docs adds the address of the section about the subject, which is on a page of the site.
func (s *subject) docs(page, anchor string) {
	s.add("docs", catalog.Site+page+".html#"+strings.ToLower(anchor))
}

// print prints a subject as lines with labels.
func (s *subject) print(con *console.Console) {
	con.Row(s.ID+"  ", s.Title)
	for _, f := range append([]fact{{"kind", s.Kind}}, s.Facts...) {
		con.Row("  "+f.Name+strings.Repeat(" ", max(13-len(f.Name), 1)), f.Text)
	}
}

// IDs prints what is known about ids: of checks, defects, variants, rules, options and functions,
// error codes and causes.
// If one of them is unknown, nothing is printed.
func IDs(con *console.Console, ids []string, asJSON bool) error {
	var found []subject
	for _, id := range ids {
		about := subjects(id)
		if len(about) == 0 {
			return exit.Usage("", "%w", unknown(id))
		}
		found = append(found, about...)
	}
	if asJSON {
		return con.PrintIndented(found)
	}
	for i := range found {
		if i > 0 {
			con.Print("")
		}
		found[i].print(con)
	}
	return nil
}

// subjects are those that have an id, which can be the address of a section of the site.
func subjects(id string) []subject {
	id = strings.TrimSpace(id)
	if page, ok := strings.CutPrefix(id, catalog.Site); ok {
		_, id, _ = strings.Cut(page, "#")
	}
	var found []subject
	for _, find := range []func(string) (subject, bool){checkOf, defectOf, variantOf, ruleOf, optionOf, functionOf, causeOf} {
		if s, ok := find(id); ok {
			found = append(found, s)
		}
	}
	if s, ok := codeOf(id); ok && (s.ID != id || len(found) == 0) {
		found = append(found, s)
	}
	return found
}
