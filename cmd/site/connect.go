package main

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// repository is where files that are no pages are shown.
const repository = "https://github.com/scimdrill/scimdrill/"

// idForm is the form of the ids of checks, defects and rules.
var idForm = regexp.MustCompile(`\b[A-Z]{1,3}-C?[0-9]{1,3}\b`)

// cataloguePages are the pages whose sections and rows are what an id in a text means.
func cataloguePages() []string {
	return []string{"docs/reference/checks.md", "docs/why/behaviour.md", "docs/why/defects.md", "docs/why/requirements.md"}
}

// collect notes where the sections of ids are.
func (s *site) collect(p *page) {
	if !slices.Contains(cataloguePages(), p.File) {
		return
	}
	for n := range p.body.Descendants() {
		if id := strings.ToUpper(attribute(n, "id")); id != "" && idForm.FindString(id) == id && s.ids[id] == "" {
			s.ids[id] = p.Out + "#" + strings.ToLower(id)
		}
	}
}

// connect turns the links of a page into links of the site, makes links of ids, and lets wide
// tables and code scroll.
func (s *site) connect(p *page) error {
	var texts, tables []*html.Node
	for n := range p.body.Descendants() {
		switch {
		case n.DataAtom == atom.A && attribute(n, "href") != "":
			to, err := s.destination(p, attribute(n, "href"))
			if err != nil {
				return err
			}
			setAttribute(n, "href", to)
			if strings.HasPrefix(to, "https://") {
				setAttribute(n, "rel", "noreferrer")
			}
		case n.DataAtom == atom.Img:
			to, err := s.destination(p, attribute(n, "src"))
			if err != nil {
				return err
			}
			setAttribute(n, "src", to)
		case n.DataAtom == atom.Pre:
			setAttribute(n, "tabindex", "0")
		case n.DataAtom == atom.Table:
			tables = append(tables, n)
		case n.Type == html.TextNode && !within(n, atom.A, atom.Code, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4):
			texts = append(texts, n)
		}
	}
	for _, n := range texts {
		s.linkIDs(p, n)
	}
	for i, n := range tables {
		scroll := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{
			{Key: "class", Val: "scroll"}, {Key: "tabindex", Val: "0"}, {Key: "role", Val: "region"}, {Key: "aria-label", Val: fmt.Sprintf("Table %d", i+1)},
		}}
		n.Parent.InsertBefore(scroll, n)
		n.Parent.RemoveChild(n)
		scroll.AppendChild(n)
	}
	return nil
}

// destination is where a link of a page leads in the site. A file of docs that is no page is copied,
// and other files of the repository are shown where it is published.
func (s *site) destination(p *page, link string) (string, error) {
	switch {
	case strings.HasPrefix(link, "https://"), strings.HasPrefix(link, "mailto:"):
		p.links = append(p.links, link)
		return link, nil
	case strings.HasPrefix(link, "http://"):
		return "", fmt.Errorf("%s: %s is a link without https", p.File, link)
	case strings.HasPrefix(link, "#"):
		return link, nil
	}
	file, anchor, anchored := strings.Cut(link, "#")
	file = path.Join(path.Dir(p.File), file)
	info, err := fs.Stat(s.root, file)
	if err != nil {
		return "", fmt.Errorf("%s: link to %s: %w", p.File, link, err)
	}
	if other := s.byFile[file]; other != nil {
		to := relative(p.Out, other.Out)
		if anchored {
			to += "#" + anchor
		}
		return to, nil
	}
	if rest, ok := strings.CutPrefix(file, "docs/"); ok && !info.IsDir() {
		s.copied[file] = true
		return relative(p.Out, rest), nil
	}
	kind := "blob/main/"
	if info.IsDir() {
		kind = "tree/main/"
	}
	p.links = append(p.links, repository+kind+file)
	return repository + kind + file, nil
}

// linkIDs makes links of the ids in a text.
func (s *site) linkIDs(p *page, n *html.Node) {
	text, done := n.Data, 0
	for _, at := range idForm.FindAllStringIndex(text, -1) {
		to := s.ids[text[at[0]:at[1]]]
		if to == "" || strings.HasPrefix(text[at[1]:], "-") || strings.HasSuffix(text[:at[0]], "-") {
			continue
		}
		a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: relative(p.Out, to)}}}
		a.AppendChild(&html.Node{Type: html.TextNode, Data: text[at[0]:at[1]]})
		n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: text[done:at[0]]}, n)
		n.Parent.InsertBefore(a, n)
		done = at[1]
	}
	n.Data = text[done:]
}

// relative is the link from one page of the site to another place in it.
func relative(from, to string) string {
	file, anchor, _ := strings.Cut(to, "#")
	if anchor != "" {
		anchor = "#" + anchor
	}
	if file == from && anchor != "" {
		return anchor
	}
	return strings.Repeat("../", strings.Count(from, "/")) + file + anchor
}

func within(n *html.Node, kinds ...atom.Atom) bool {
	for up := range n.Ancestors() {
		if slices.Contains(kinds, up.DataAtom) {
			return true
		}
	}
	return false
}
