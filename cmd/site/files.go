package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed html
var assets embed.FS

// view is what the template of a page shows.
type view struct {
	*page

	Root     string        // the way to the root of the site
	Head     template.HTML // up to the title
	Body     template.HTML // the rest
	Nav      []group
	Current  *page
	Contents []heading
	Source   string
}

// To is the link to another page.
func (v view) To(p *page) string { return relative(v.Out, p.Out) }

// files are all files of the site, by their place in it.
func (s *site) files() (map[string][]byte, error) {
	tmpl, err := template.ParseFS(assets, "html/page.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	files := map[string][]byte{}
	for _, p := range s.pages {
		body, err := render(p.body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.File, err)
		}
		head, rest, ok := strings.Cut(body, "</h1>")
		if !ok || p.Title == "" {
			return nil, fmt.Errorf("%s has no title", p.File)
		}
		var b bytes.Buffer
		v := view{
			page: p, Root: strings.Repeat("../", strings.Count(p.Out, "/")), Nav: s.nav, Current: s.section(p), Contents: p.contents(),
			Head:   template.HTML(head + "</h1>"), //nolint:gosec // made of the pages of the repository
			Body:   template.HTML(rest),           //nolint:gosec // the same
			Source: repository + "blob/main/" + p.File,
		}
		if err := tmpl.Execute(&b, v); err != nil {
			return nil, fmt.Errorf("%s: %w", p.File, err)
		}
		files[p.Out] = b.Bytes()
	}
	for file := range s.copied {
		if files[strings.TrimPrefix(file, "docs/")], err = fs.ReadFile(s.root, file); err != nil {
			return nil, fmt.Errorf("copy a file: %w", err)
		}
	}
	if files["search-index.js"], err = s.index(); err != nil {
		return nil, err
	}
	return files, s.addAssets(files)
}

// addAssets adds the script and the style, which begins with the colours of the HTML report.
func (s *site) addAssets(files map[string][]byte) error {
	script, err := assets.ReadFile("html/site.js")
	if err != nil {
		return fmt.Errorf("read the script: %w", err)
	}
	style, err := assets.ReadFile("html/site.css")
	if err != nil {
		return fmt.Errorf("read the style: %w", err)
	}
	report, err := fs.ReadFile(s.root, "reports/html/base.css")
	if err != nil {
		return fmt.Errorf("read the colours of the report: %w", err)
	}
	colours, _, ok := strings.Cut(string(report), "* {")
	if !ok {
		return errors.New("reports/html/base.css does not begin with colours")
	}
	files["site.js"], files["site.css"] = script, append([]byte(colours), style...)
	files[".nojekyll"] = nil // GitHub Pages serves the files as they are
	return nil
}

// write replaces a folder by the site. It removes only a folder that is empty or has a site in it.
func write(out string, files map[string][]byte) error {
	if _, err := os.Stat(filepath.Join(out, "search-index.js")); err == nil {
		if err := os.RemoveAll(out); err != nil {
			return fmt.Errorf("remove the old site: %w", err)
		}
	} else if list, err := os.ReadDir(out); err == nil && len(list) > 0 {
		return fmt.Errorf("%s has other files in it; hint: choose an empty folder", out)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a site is public
			return fmt.Errorf("write the site: %w", err)
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil { //nolint:gosec // a site is public
			return fmt.Errorf("write the site: %w", err)
		}
	}
	return nil
}
