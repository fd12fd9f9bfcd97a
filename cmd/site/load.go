package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// site is all pages, in the order of their places in the repository.
type site struct {
	root   fs.FS
	pages  []*page
	byFile map[string]*page  // by the path in the repository
	ids    map[string]string // where the section of an id is, from the root of the site
	nav    []group
	copied map[string]bool // files that pages show or link to
}

// page is one page, first as Markdown, then as HTML.
type page struct {
	File  string // in the repository, such as docs/guide/ci.md
	Out   string // in the site, such as guide/ci.html
	Title string
	body  *html.Node
	toc   []heading
	links []string // to other sites
}

// heading is a place on a page that a link can name.
type heading struct {
	ID, Text string
	level    int
}

// projectPages are the pages at the top of the repository that belong to the site, if they exist.
func projectPages() []string {
	return []string{"CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"}
}

// load reads all pages, and connects them.
func load(root fs.FS) (*site, error) {
	s := &site{root: root, byFile: map[string]*page{}, ids: map[string]string{}, copied: map[string]bool{}}
	files, err := markdownFiles(root)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return nil, fmt.Errorf("read a page: %w", err)
		}
		p := &page{File: file, Out: outOf(file)}
		if p.body, err = parse(text); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		p.anchor()
		s.pages = append(s.pages, p)
		s.byFile[file] = p
	}
	for _, p := range s.pages {
		s.collect(p)
	}
	for _, p := range s.pages {
		if err := s.connect(p); err != nil {
			return nil, err
		}
	}
	s.nav = s.navigation()
	return s, nil
}

// markdownFiles lists the pages, sorted.
func markdownFiles(root fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(root, "docs", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".md" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the pages: %w", err)
	}
	for _, name := range projectPages() {
		switch _, err := fs.Stat(root, name); {
		case err == nil:
			files = append(files, name)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("list the pages: %w", err)
		}
	}
	slices.Sort(files)
	return files, nil
}

// outOf is the place of a page in the site: a README is the first page of its folder.
func outOf(file string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(file, "docs/"), ".md")
	if name == file[:len(file)-len(".md")] {
		name = "project/" + strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	}
	if path.Base(name) == "README" {
		name = path.Join(path.Dir(name), "index")
	}
	return name + ".html"
}

// outside lists the links to other sites, sorted.
func (s *site) outside() []string {
	var links []string
	for _, p := range s.pages {
		links = append(links, p.links...)
	}
	slices.Sort(links)
	return slices.Compact(links)
}
