// Package docs embeds the reference pages, so that `scimdrill help TOPIC` prints what
// docs/reference says. It imports nothing of ours. Its tests hold all pages of the
// repository to what the program does.
package docs

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed reference/*.md
var reference embed.FS

// Topics lists the reference pages by name, sorted: "changes", "exit-codes", "tenant".
func Topics() []string {
	pages, err := fs.Glob(reference, "reference/*.md")
	if err != nil {
		return nil // only a malformed pattern is an error
	}
	names := make([]string, 0, len(pages))
	for _, p := range pages {
		names = append(names, strings.TrimSuffix(path.Base(p), ".md"))
	}
	return names
}

// Topic returns a reference page as Markdown.
func Topic(name string) (text string, ok bool) {
	data, err := reference.ReadFile("reference/" + name + ".md")
	return string(data), err == nil
}
