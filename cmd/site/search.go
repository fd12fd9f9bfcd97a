package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// entry is a place that the search finds.
type entry struct {
	Title string `json:"t"`
	Page  string `json:"p"`
	Link  string `json:"u"`
	Text  string `json:"x"`
}

// maxExcerpt is the length of the text of an entry, in characters.
const maxExcerpt = 180

// index lists what the search finds: pages, headings, and rows with an id. It is a script, because
// a page that was opened from disk can read no other file.
func (s *site) index() ([]byte, error) {
	var entries []entry
	for _, p := range s.pages {
		entries = append(entries, p.entries()...)
	}
	data, err := json.Marshal(entries)
	if err != nil {
		return nil, fmt.Errorf("write the search index: %w", err)
	}
	return []byte("window.searchIndex = " + string(data) + ";\n"), nil
}

// entries are those of a page. The text of an entry is what follows its heading.
func (p *page) entries() []entry {
	list := []entry{{Title: p.Title, Link: p.Out}}
	add := func(title, id string) {
		list = append(list, entry{Title: title, Page: p.Title, Link: p.Out + "#" + id})
	}
	for n := range p.body.Descendants() {
		id := attribute(n, "id")
		switch {
		case n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.DataAtom != atom.Hr && n.DataAtom != atom.H1:
			add(words(n), id)
		case n.DataAtom == atom.Tr && id != "":
			add(words(firstElement(n)), id)
			list[len(list)-1].Text = excerpt(strings.TrimPrefix(rowText(n), words(firstElement(n))))
		case n.Type == html.TextNode && !within(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table):
			last := &list[len(list)-1]
			last.Text = excerpt(last.Text + " " + n.Data)
		}
	}
	return list
}

// rowText is the text of the cells of a row.
func rowText(tr *html.Node) string {
	var cells []string
	for c := range tr.ChildNodes() {
		if text := strings.TrimSpace(words(c)); text != "" {
			cells = append(cells, text)
		}
	}
	return strings.Join(cells, " · ")
}

// excerpt is the beginning of a text.
func excerpt(text string) string {
	text = strings.TrimLeft(strings.Join(strings.Fields(text), " "), "· ")
	if utf8.RuneCountInString(text) <= maxExcerpt {
		return text
	}
	return string([]rune(text)[:maxExcerpt])
}
