package reports_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/scimdrill/scimdrill/reports"
)

func text(t *testing.T, r *reports.Report, color bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := reports.WriteText(&b, r, color); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextFits80Columns(t *testing.T) {
	t.Parallel()
	hostile := fixture()
	hostile.Conformance.Checks[0].Actual = strings.Repeat("x", 300) + " \x1b[31mred\x1b[0m \u202e " + strings.Repeat("é ", 100)
	hostile.Conformance.Checks[0].Difference = "- " + strings.Repeat("long ", 60)
	hostile.Target.URL = "https://" + strings.Repeat("a", 120) + ".example/"
	for _, r := range []*reports.Report{fixture(), weekFixture(), hostile} {
		out := text(t, r, false)
		for line := range strings.SplitSeq(out, "\n") {
			if utf8.RuneCountInString(line) > 80 {
				t.Errorf("line of %d columns: %q", utf8.RuneCountInString(line), line)
			}
		}
		if strings.ContainsAny(out, "\x1b\u202e") {
			t.Error("control characters reach the terminal")
		}
	}
}

func TestTextColor(t *testing.T) {
	t.Parallel()
	plain, colored := text(t, fixture(), false), text(t, fixture(), true)
	if !strings.Contains(colored, "\x1b[1;31m✗ NOT CONFORMANT\x1b[0m") {
		t.Error("the verdict has no colour")
	}
	if stripped := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colored, ""); stripped != plain {
		t.Error("colour changes more than colour")
	}
}

// A command that is broken into lines must stay the same command.
func TestTextKeepsCommandsWhole(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Run.Command = "scimdrill conform --target http://127.0.0.1:8080/scim/v2 --check 'ATT-012[emails[type eq \"work\"].value|PATCH replace]' --seed 7 --out " + strings.Repeat("d", 50)
	_, after, _ := strings.Cut(text(t, r, false), "Run it again\n")
	joined := strings.ReplaceAll(strings.TrimSpace(after), " \\\n", " ")
	if got := regexp.MustCompile(` {2,}`).ReplaceAllString(joined, " "); got != r.Run.Command {
		t.Errorf("command = %q", got)
	}
	for line := range strings.SplitSeq(after, "\n") {
		if strings.Count(line, "'")%2 != 0 {
			t.Errorf("a quoted word was broken: %q", line)
		}
	}
}
