package reports_test

import (
	"flag"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

var look = flag.String("look", "", "write the report of a made-up week into this folder, to look at it in a browser")

func TestLook(t *testing.T) {
	dir := *look
	if dir == "" {
		dir = t.TempDir()
	}
	if err := reports.WriteDir(dir, weekFixture(), []string{"json", "junit", "html", "text"}); err != nil {
		t.Fatal(err)
	}
}
