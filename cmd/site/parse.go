package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	markdown "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parse turns Markdown, as GitHub reads it, into a tree of HTML. The pages are ours, so their HTML
// stays.
func parse(text []byte) (*html.Node, error) {
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(markdown.WithUnsafe())).Convert(text, &b); err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(&b, body)
	if err != nil {
		return nil, fmt.Errorf("read HTML: %w", err)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body, nil
}

// anchor gives an id to each heading, by GitHub's rules, and then to each row of a table that
// begins with a word which no heading has.
func (p *page) anchor() {
	taken := map[string]bool{}
	for n := range p.body.Descendants() {
		if id := attribute(n, "id"); id != "" {
			taken[id] = true
		}
	}
	for n := range p.body.Descendants() {
		level := strings.Index("h1h2h3h4h5h6", n.Data)
		if n.Type != html.ElementNode || len(n.Data) != 2 || level < 0 {
			continue
		}
		h := heading{ID: slug(words(n)), Text: words(n), level: level/2 + 1}
		for i, base := 1, h.ID; taken[h.ID]; i++ {
			h.ID = base + "-" + strconv.Itoa(i)
		}
		taken[h.ID] = true
		n.Attr = append(n.Attr, html.Attribute{Key: "id", Val: h.ID})
		if h.level == 1 && p.Title == "" {
			p.Title = h.Text
		} else {
			p.toc = append(p.toc, h)
		}
	}
	for n := range p.body.Descendants() {
		if n.DataAtom != atom.Tr || n.Parent.DataAtom != atom.Tbody {
			continue
		}
		cell := strings.TrimSpace(words(firstElement(n)))
		if id := slug(cell); cell != "" && !strings.ContainsAny(cell, " ,…") && !taken[id] {
			taken[id] = true
			n.Attr = append(n.Attr, html.Attribute{Key: "id", Val: id})
		}
	}
}

// slug is the id that GitHub gives to a heading.
func slug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(text))
}

// words is the text of a node.
func words(n *html.Node) string {
	if n == nil {
		return ""
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func firstElement(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttribute(n *html.Node, key, value string) {
	for i, a := range n.Attr {
		if a.Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}
