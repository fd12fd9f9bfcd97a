package docs_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// repository are the folders of the repository whose paths a page may name.
var repository = regexp.MustCompile(`^(cmd|conformance|docs|fixtures|reports|simulator)(/[\w.-]+)+/?$`)

// TestPaths finds every file of the repository that a page names in backticks, and every Go
// file that it names without its folder.
func TestPaths(t *testing.T) {
	t.Parallel()
	paths := map[string]bool{} // files and folders, by every end of their path
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == "node_modules" || strings.HasPrefix(name, ".") && name != "..") {
			return filepath.SkipDir
		}
		for rest, ok := path, true; ok; _, rest, ok = strings.Cut(rest, "/") {
			paths[rest] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for page := range paths {
		if !strings.HasPrefix(page, "../") || filepath.Ext(page) != ".md" || strings.Contains(page, "/testdata/") {
			continue
		}
		for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(fenced.ReplaceAllString(read(t, page), "\n"), -1) {
			name := strings.TrimPrefix(m[1], "./")
			if !repository.MatchString(name) && !regexp.MustCompile(`^[\w./-]+\.go$`).MatchString(name) {
				continue
			}
			seen++
			if !paths[strings.TrimSuffix(name, "/")] {
				t.Errorf("%s names %s, which does not exist", page, m[1])
			}
		}
	}
	if seen < 50 {
		t.Errorf("the pages name only %d paths", seen)
	}
}
