package main

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// group is a part of the navigation.
type group struct {
	Title string
	Items []*page
}

// navigation is what the first page lists below its headings.
func (s *site) navigation() []group {
	var groups []group
	first := s.byFile["docs/README.md"]
	if first == nil {
		return nil
	}
	listed := map[*page]bool{first: true}
	for n := range first.body.Descendants() {
		switch {
		case n.DataAtom == atom.H2:
			groups = append(groups, group{Title: words(n)})
		case n.DataAtom == atom.A && len(groups) > 0 && within(n, atom.Ul):
			if p := s.byOut(attribute(n, "href")); p != nil && !listed[p] {
				listed[p] = true
				groups[len(groups)-1].Items = append(groups[len(groups)-1].Items, p)
			}
		}
	}
	return groups
}

// byOut finds a page by its place in the site.
func (s *site) byOut(out string) *page {
	for _, p := range s.pages {
		if p.Out == out {
			return p
		}
	}
	return nil
}

// section is the entry of the navigation that a page belongs to: its own, or that of the first
// page of its folder.
func (s *site) section(p *page) *page {
	for _, g := range s.nav {
		if slices.Contains(g.Items, p) {
			return p
		}
	}
	folder, _, ok := cutLast(p.Out, "/")
	if !ok {
		return p
	}
	return s.byOut(folder + "/index.html")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// contents are the headings that a page lists at its top: its sections, if they are not too many.
func (p *page) contents() []heading {
	const most = 30
	var out []heading
	for _, h := range p.toc {
		if h.level == 2 {
			out = append(out, h)
		}
	}
	if len(out) < 3 || len(out) > most || p.Out == "index.html" {
		return nil
	}
	return out
}

// render writes a tree as HTML.
func render(n *html.Node) (string, error) {
	var b strings.Builder
	for c := range n.ChildNodes() {
		if err := html.Render(&b, c); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}
