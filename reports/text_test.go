package reports_test

import (
	"bytes"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/severity"
)

func text(t *testing.T, r *reports.Report, o reports.TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := reports.WriteText(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func summary(t *testing.T, r *reports.Report, o reports.TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := reports.WriteSummary(&b, r, o, outlook()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func outlook() reports.Outlook {
	return reports.Outlook{
		Dir: "scimdrill-out", Cleanup: "scimdrill cleanup --run scimdrill-out",
		Files: []string{
			"report.html", "report.json", "junit.xml", "exchanges.har", "run.json", "provisioning-log.jsonl", "audit-log.jsonl", "job.json", "journal.jsonl",
		},
	}
}

// hostile holds what is long, wide or meant to do harm.
func hostile() *reports.Report {
	r := fixture()
	long := "https://" + strings.Repeat("a", 120) + ".example/scim/v2"
	for i := range r.Conformance.Checks {
		c := &r.Conformance.Checks[i]
		c.Title = strings.Repeat("a title that goes on and on ", 9)
		c.Actual = strings.Repeat("x", 300) + " \x1b[31mred\x1b[0m \u202e " + strings.Repeat("é ", 100) + strings.Repeat("組織部門", 40)
		c.Repeat = "scimdrill conform --target " + long + "?aadOptscim062020 --check " + c.ID
		c.Difference = "- " + strings.Repeat("long 長い ", 60)
	}
	cause := &r.Conformance.Causes[0]
	cause.Title, cause.Effect, cause.Expected, cause.Actual = strings.Repeat("原因", 60), "\x1b[2J"+strings.Repeat("é ", 90), "\u202e", "\x1b]0;x\x07"
	cause.Evidence = &reports.Exchange{
		Method: "PATCH", URL: long, Status: 200, RequestHeader: []reports.Header{{Name: "X-\x1b[31m", Value: strings.Repeat("v", 200)}},
		RequestBody: strings.Repeat("{\"a\":1}", 90), ResponseHeader: []reports.Header{{Name: "Content-Type", Value: "\x1b[31m" + strings.Repeat("t", 90)}},
		ResponseBody: strings.Repeat("本文", 200),
	}
	cause.Blocked = []string{strings.Repeat("BLK", 40)}
	r.Conformance.NotJudged = []reports.NotJudged{{Name: strings.Repeat("属性", 50), Reason: strings.Repeat("理由 ", 70) + "\x1b[31m"}}
	r.Conformance.Causes[0].Fix = "👩‍👩‍👧‍👦 " + strings.Repeat("家族 ", 50)
	r.Target.URL = long
	r.Run.Command = "scimdrill conform --target '" + long + "?aadOptscim062020' --out \"" + strings.Repeat("ordner ö ", 15) + "\""
	for i := range r.Simulation.Jobs[0].Escrows {
		r.Simulation.Jobs[0].Escrows[i].SourceName = strings.Repeat("Žižek 小林 ", 20)
		r.Simulation.Jobs[0].Escrows[i].Error = "StatusCode: " + strings.Repeat("é", 400)
	}
	return r
}

func TestTextFits(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{0, 40, 50, 80, 200} {
		most := 80
		if columns > 0 {
			most = min(columns, most)
		}
		for _, r := range []*reports.Report{fixture(), weekFixture(), hostile()} {
			o := reports.TextOptions{Columns: columns}
			for _, out := range []string{text(t, r, o), summary(t, r, o)} {
				for line := range strings.SplitSeq(out, "\n") {
					if n := uniseg.StringWidth(line); n > most {
						t.Errorf("line of %d cells on %d: %q", n, columns, line)
					}
				}
				if strings.ContainsAny(out, "\x1b\u202e") {
					t.Error("control characters reach the terminal")
				}
			}
		}
	}
}

func TestTextColor(t *testing.T) {
	t.Parallel()
	for _, write := range []func(*testing.T, *reports.Report, reports.TextOptions) string{text, summary} {
		plain, colored := write(t, fixture(), reports.TextOptions{}), write(t, fixture(), reports.TextOptions{Color: true})
		if !strings.Contains(colored, "\x1b[1;31m✗ NOT CONFORMANT\x1b[0m") {
			t.Error("the verdict has no colour")
		}
		if stripped := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colored, ""); stripped != plain {
			t.Error("colour changes more than colour")
		}
	}
}

// An old terminal gets letters for symbols, at the same width.
func TestTextASCII(t *testing.T) {
	t.Parallel()
	r := fixture()
	for i := range r.Conformance.Checks {
		r.Conformance.Checks[i].References = nil // RFC 7644 §3.5
	}
	for _, write := range []func(*testing.T, *reports.Report, reports.TextOptions) string{text, summary} {
		plain, ascii := write(t, r, reports.TextOptions{}), write(t, r, reports.TextOptions{ASCII: true})
		for _, c := range ascii {
			if c > 126 {
				t.Errorf("%q is no ASCII", c)
			}
		}
		if !strings.Contains(ascii, "x NOT CONFORMANT") || len([]rune(plain)) != len(ascii) {
			t.Errorf("%s", ascii)
		}
	}
}

// The summary says the outcome first, then what to do, then where the files are, and a
// failed check does not push the outcome off the screen.
func TestSummaryOrder(t *testing.T) {
	t.Parallel()
	out := summary(t, fixture(), reports.TextOptions{})
	last := -1
	for _, part := range []string{
		"✗ NOT CONFORMANT · Data loss: ", "  A person who marries", "  request  PATCH", "  response 200", "  fix      Apply a replace", "Then fix",
		"Expectations not met", "  simulation  ", "Next\n", "  cleanup scimdrill cleanup", "Files\n",
	} {
		at := strings.Index(out, part)
		if at <= last {
			t.Errorf("%q stands at %d, not behind %d:\n%s", part, at, last, out)
		}
		last = at
	}
	if !strings.HasPrefix(out, "✗ NOT CONFORMANT · Data loss: PATCH with a filter in the path changes nothing\n") {
		t.Errorf("the outcome is not first: %q", out)
	}
	if n := strings.Count(out, "\n"); n > 75 {
		t.Errorf("%d lines are no summary", n)
	}
}

// A command that is broken into lines must stay the same command, for a shell too.
func TestTextKeepsCommandsWhole(t *testing.T) {
	t.Parallel()
	long := "https://" + strings.Repeat("a", 120) + ".example/v2"
	for _, command := range []string{
		"scimdrill conform --target http://127.0.0.1:8080/scim/v2 --check 'ATT-012[emails[type eq \"work\"].value|PATCH replace]' --seed 7 " +
			"--out " + strings.Repeat("d",
			50),
		"scimdrill conform --target " + long + " --seed 7",
		"scimdrill conform --target '" + long + "?aadOptscim062020' --seed 7",
	} {
		r := fixture()
		r.Run.Command = command
		_, after, _ := strings.Cut(text(t, r, reports.TextOptions{}), "Run it again\n")
		want, got := words(t, command), words(t, after)
		if got != want {
			t.Errorf("a shell reads %q, want %q, from\n%s", got, want, after)
		}
	}
}

// words are the words that a shell makes of a command, one a line.
func words(t *testing.T, command string) string {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	c := exec.CommandContext(t.Context(), shell)
	c.Stdin = strings.NewReader(`scimdrill() { printf '%s\n' "$@"; }` + "\n" + command + "\n")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// closed is a stream that cannot be written to.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestTextUnwritable(t *testing.T) {
	t.Parallel()
	if err := reports.WriteSummary(closed{}, fixture(), reports.TextOptions{}, outlook()); err == nil {
		t.Error("nobody heard that the summary could not be written")
	}
	if err := reports.WriteText(closed{}, fixture(), reports.TextOptions{}); err == nil {
		t.Error("nobody heard that the text could not be written")
	}
}

// Line one is what to fix first, if the verdict rests on it. Otherwise, it is the verdict alone.
func TestFirstLine(t *testing.T) {
	t.Parallel()
	stopped := fixture()
	stopped.Conformance.Stopped = "GET /Users answered 404 with HTML, so that nothing can be judged."
	stopped.Conformance.Causes = []reports.Cause{{Key: "GRP-011", Title: "the path is wrong", Severity: severity.Blocks, Checks: []string{"GRP-011"}}}
	warned := fixture()
	warned.Conformance.Causes = warned.Conformance.Causes[3:]
	known := fixture()
	known.Simulation, known.Conformance = nil, &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Passed}}}
	for name, c := range map[string]struct {
		report *reports.Report
		want   string
	}{
		"failed":  {fixture(), "✗ NOT CONFORMANT · Data loss: PATCH with a filter in the path changes nothing\n"},
		"stopped": {stopped, "! COULD NOT BE JUDGED · Blocks everything: the path is wrong\n  Customers cannot provision anybody."},
		"warned":  {warned, "✗ NOT CONFORMANT\n  5 findings, 1 cause."},
		"passed":  {known, "✓ CONFORMANT\n  1 of 1 check passed, none failed.\n"},
	} {
		if got := summary(t, c.report, reports.TextOptions{}); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

// What has no verdict is listed by reason, with its number, in each format.
func TestUnjudged(t *testing.T) {
	t.Parallel()
	for format, want := range map[string][]string{
		"text": {"   2  not announced, not kept, and not mapped: nickName, x509Certificates (10", "blocks   2 checks: GRP-020, GRP-021"},
		"markdown": {
			"- not announced, not kept, and not mapped: 2 (`nickName`, `x509Certificates`), 10 checks",
			"2 checks cannot be judged until this is fixed: `GRP-020`",
		},
		"junit": {
			`name="not judged: not announced, not kept, and not mapped" value="2: nickName, x509Certificates (10 checks)"`,
			`<skipped message="blocked: could not be judged, because PATCH /Groups/5 was not answered within 60 s">`,
		},
		"html": {
			`nickName, x509Certificates <span class="muted">(10 checks)</span>`, `2 checks cannot be judged until this is fixed`, `<a href="#cause-3">`,
		},
	} {
		out := string(write(t, format, fixture()))
		for _, part := range want {
			if !strings.Contains(out, part) {
				t.Errorf("%s: %q is missing in\n%s", format, part, out)
			}
		}
	}
}

// Expected and actual that are equal would only confuse.
func TestEqualTexts(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Conformance.Causes[0].Expected = r.Conformance.Causes[0].Actual
	for _, out := range []string{summary(t, r, reports.TextOptions{}), text(t, r, reports.TextOptions{})} {
		first, _, _ := strings.Cut(out, "Then fix")
		if strings.Contains(first, "  expected ") || !strings.Contains(first, "  actual   name.familyName is still") {
			t.Errorf("got\n%s", first)
		}
	}
}
