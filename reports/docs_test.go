package reports_test

import (
	"strings"
	"testing"
)

// A finding names the section of the documentation about its check, and the command that prints
// the same, in every format for people. An id that is none of ours becomes no command.
func TestDocsOfAFinding(t *testing.T) {
	t.Parallel()
	const docs, command = "https://scimdrill.github.io/scimdrill/reference/checks.html#att-012", "scimdrill explain ATT-012"
	for _, format := range []string{"html", "markdown", "junit", "sarif", "json"} {
		text := string(write(t, format, fixture()))
		if !strings.Contains(text, docs) || format != "json" && !strings.Contains(text, command) {
			t.Errorf("%s does not name %s and %s", format, docs, command)
		}
	}
	if text := string(write(t, "text", fixture())); !strings.Contains(text, command) {
		t.Errorf("text does not name %s", command)
	}
	edited := fixture()
	for i := range edited.Conformance.Checks {
		edited.Conformance.Checks[i].ID, edited.Conformance.Checks[i].Docs = "ATT-012; reboot", docs
	}
	for _, format := range []string{"html", "markdown", "junit", "sarif", "text"} {
		if text := string(write(t, format, edited)); strings.Contains(text, "scimdrill explain ATT-012; reboot") {
			t.Errorf("%s makes a command of an id that is none", format)
		}
	}
}
