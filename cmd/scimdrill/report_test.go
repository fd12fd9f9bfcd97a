package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// F6: the key of a shared report is thrown away, so two of them cannot be joined.
func TestSharePseudonyms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := &reports.Report{SchemaVersion: reports.SchemaVersion, Simulation: &reports.Simulation{Jobs: []reports.Job{{Entries: []reports.Entry{
		{ObjectType: "User", SourceName: "Zoë Müller", SourceID: "zoe.mueller", Action: "Create", Status: "success"},
	}}}}}
	if err := reports.WriteDir(dir, r, []string{"json"}); err != nil {
		t.Fatal(err)
	}
	names := func(out string) (inJSON, inHTML string) {
		t.Helper()
		invocation{}.run(t, "report", "render", dir, "--share", "--format", "json,html", "--out", out).want(t, 0)
		name := func(file string) string {
			text, err := os.ReadFile(filepath.Join(out, file))
			if err != nil {
				t.Fatal(err)
			}
			return regexp.MustCompile(`User-[a-z]+`).FindString(string(text))
		}
		return name("report.json"), name("report.html")
	}
	first, page := names(filepath.Join(dir, "first"))
	second, _ := names(filepath.Join(dir, "second"))
	if first == "" || first == second {
		t.Errorf("two shared reports name somebody %q and %q", first, second)
	}
	if first != page {
		t.Errorf("one shared report names somebody %q and %q", first, page)
	}
}
