package reports_test

import (
	"bytes"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// rounds is how often the texts of the corpus change places in the report.
const rounds = 6

// outsideReport is the fixture with texts of the corpus in place of its strings, or behind them: equal
// texts for equal strings, and others in each round. Only outcomes stay: nothing else can be
// read into their type.
func outsideReport(round int, behind bool, change func(string) string) *reports.Report {
	corpus := scan.Corpus()
	r := fixture()
	r.Conformance.NotJudged = nil // grouped by reason, and harmless reasons are equal
	return outside.Every(r, func(s string) string {
		text := change(corpus[(int(crc32.ChecksumIEEE([]byte(s)))+round*len(corpus)/rounds)%len(corpus)].Text)
		switch {
		case slices.Contains(reports.Outcomes(), reports.Outcome(s)):
			return s
		case behind && !strings.HasPrefix(s, "https://"): // with a text behind it, such an address is no link any more
			return s + text
		}
		return text
	})
}

// unchanged leaves a text as it is.
func unchanged(text string) string { return text }

// harmless has the lines and words of a text, and none of its effects.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == ' ' {
			return r
		}
		return 'x'
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// skeleton reads a format; an unknown format fails the test that asks for it.
func skeleton(t *testing.T, format string, data []byte) []string {
	t.Helper()
	read := map[string]func([]byte) ([]string, error){
		"json": scan.JSON, "sarif": scan.JSON, "codequality": scan.JSON, "badge": scan.JSON, "junit": scan.XML, "html": scan.HTML, "markdown": scan.Markdown,
		"text": func([]byte) ([]string, error) { return nil, nil },
	}[format]
	if read == nil {
		t.Fatalf("no scanner for the format %s; add one to package scan", format)
	}
	list, err := read(regexp.MustCompile(`</?mark>`).ReplaceAll(data, nil)) // marks depend on the words
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return list
}

// written is write for a report that does not match the schema.
func written(t *testing.T, format reports.Format, r *reports.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every format shows text from outside, wherever it stands, and nothing of it works (S6).
func TestOutsideTextInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, format := range reports.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			t.Parallel()
			for round := range 2 * rounds {
				behind := round%2 > 0
				got, want := written(t, format, outsideReport(round, behind, unchanged)), written(t, format, outsideReport(round, behind, harmless))
				for _, mistake := range scan.Raw(got) {
					t.Error(mistake)
				}
				if difference := scan.Same(skeleton(t, format.Name, got), skeleton(t, format.Name, want)); difference != "" {
					t.Errorf("the structure changes: %s", difference)
				}
			}
		})
	}
}

// What goes to a terminal or a log of a CI service has no raw text either, with colours and
// in the summary of a run.
func TestOutsideTextOnTerminals(t *testing.T) {
	t.Parallel()
	for round := range 2 * rounds {
		r := outsideReport(round, round%2 > 0, unchanged)
		for _, colour := range []bool{false, true} {
			var text, summary bytes.Buffer
			if err := reports.WriteText(&text, r, reports.TextOptions{Color: colour}); err != nil {
				t.Fatal(err)
			}
			path := r.Run.Command
			outlook := reports.Outlook{Dir: path, Files: []string{path}, Cleanup: path}
			if err := reports.WriteSummary(&summary, r, reports.TextOptions{Color: colour}, outlook); err != nil {
				t.Fatal(err)
			}
			for _, b := range []*bytes.Buffer{&text, &summary} {
				for _, mistake := range scan.Console(b.Bytes(), colour) {
					t.Error(mistake)
				}
				if strings.Contains(b.String(), "\x1b[1") != colour {
					t.Error("styles are missing, or come from outside")
				}
			}
		}
	}
}

// An attachment of a JUnit report is a file of the machine that reads it.
func TestOutsideTextAttachesNothing(t *testing.T) {
	t.Parallel()
	r := outside.Every(fixture(), func(s string) string {
		if slices.Contains(reports.Outcomes(), reports.Outcome(s)) {
			return s
		}
		return "[[ATTACHMENT|/etc/passwd]]"
	})
	for out := range strings.SplitSeq(string(write(t, "junit", r)), "<system-out>") {
		out, _, output := strings.Cut(out, "</system-out>")
		if output && strings.Contains(out, "[[ATT") {
			t.Errorf("the output of a case attaches a file: %q", out)
		}
	}
}
