package setup

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

//go:embed templates
var templates embed.FS

// Answers are what a repository has to say.
type Answers struct {
	// Target is the address of the endpoint in CI, and Host its host if it is not loopback.
	Target, Host string
	// Start is the shell command that starts the service in CI, or empty.
	Start string
	// App is the application whose mapping the endpoint must keep, or empty.
	App string
	// System is the CI system.
	System System
	// Version is the release to install, such as v0.9.0.
	Version string
}

// File is a file to write, with a path that has slashes.
type File struct {
	Path, Text string
}

// The files that every repository gets.
const (
	ConfigFile = "scimdrill.yaml"
	ExpectFile = "scimdrill.expect.yaml"
)

// Files makes the files. The CI file gets the path beside the usual one if that is taken.
func Files(a Answers, repository fs.FS) ([]File, error) {
	for what, text := range map[string]string{"target": a.Target, "start command": a.Start, "application": a.App} {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 }) {
			return nil, fmt.Errorf("the %s has a line break or another control character", what)
		}
	}
	files := []File{{Path: ConfigFile}, {Path: ExpectFile}}
	names := []string{ConfigFile, ExpectFile}
	if a.System.template != "" {
		path := a.System.Path
		if _, err := fs.Stat(repository, path); err == nil && a.System.Beside != "" {
			path = a.System.Beside
		}
		files, names = append(files, File{Path: path}), append(names, a.System.template)
	}
	for i, name := range names {
		text, err := fill(name, a)
		if err != nil {
			return nil, err
		}
		files[i].Text = text
	}
	return files, nil
}

// fill writes a template. Its marks are << and >>, because the CI systems use braces.
func fill(name string, a Answers) (string, error) {
	functions := template.FuncMap{"yaml": quoted, "groovy": groovy, "number": func(v string) string { return strings.TrimPrefix(v, "v") }}
	t, err := template.New(name).Delims("<<", ">>").Funcs(functions).ParseFS(templates, "templates/*")
	if err != nil {
		return "", fmt.Errorf("read the template %s: %w", name, err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, a); err != nil {
		return "", fmt.Errorf("fill the template %s: %w", name, err)
	}
	return b.String(), nil
}

// quoted is a string of YAML in double quotes. Such a string of JSON is one of YAML, too.
func quoted(text string) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(text)
	return strings.TrimSpace(b.String()), err
}

// groovy escapes a text for a string of Groovy in three single quotes, which has no variables.
func groovy(text string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text)
}
