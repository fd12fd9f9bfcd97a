package reports_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/scimdrill/scimdrill/reports"
)

func markdown(t *testing.T, r *reports.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := reports.WriteMarkdown(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// rendered reads a text as GitHub does: CommonMark with its tables and links, and HTML in it.
func rendered(t *testing.T, text string) []*html.Node {
	t.Helper()
	var b bytes.Buffer
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(ghtml.WithUnsafe()))
	if err := markdown.Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(doc.Descendants())
}

// A comment of GitHub takes 65,536 characters, however much was found.
func TestMarkdownFitsIntoAComment(t *testing.T) {
	t.Parallel()
	r := fixture()
	first := r.Conformance.Checks[0]
	first.Actual = strings.Repeat("é|`x` ", 4000)
	var more []reports.Check
	for i := range 900 {
		c := first
		c.ID, c.Subject, c.Cause = fmt.Sprintf("ZZZ-%03d", i), strings.Repeat("s", 300), fmt.Sprintf("cause %d", i)
		more = append(more, c)
	}
	r.Conformance = conformance(more)
	for i := range 500 {
		r.Simulation.Jobs[0].Escrows = append(r.Simulation.Jobs[0].Escrows,
			reports.Escrow{ObjectType: "User", SourceName: strings.Repeat("n", 500), Error: fmt.Sprintf("error %d %s", i, strings.Repeat("e", 5000))})
		r.Simulation.Jobs[0].Quarantines = append(r.Simulation.Jobs[0].Quarantines, reports.Span{Reason: "reason", Error: strings.Repeat("q", 5000)})
		r.Simulation.Expectations = append(r.Simulation.Expectations, reports.Expectation{Title: strings.Repeat("t", 5000), Outcome: reports.Failed})
		r.Target.Notes = append(r.Target.Notes, strings.Repeat("o", 5000))
	}
	r.Run.Command = strings.Repeat("--x ", 20000)
	text := markdown(t, r)
	if n := utf8.RuneCountInString(text); n >= 60_000 || n < 40_000 {
		t.Errorf("%d characters", n)
	}
	for _, want := range []string{
		"and 855 more findings in the report", "and 884 more causes in the report", "are in `report.html`", "Fix this first", "Run it again",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if open, shut := strings.Count(text, "\n<details>"), strings.Count(text, "\n</details>"); open != shut || open < 10 {
		t.Errorf("%d details begin, %d end", open, shut)
	}
}

// What a target says is text in a pull request: no markup, no link, nobody is notified.
func TestMarkdownEscapes(t *testing.T) {
	t.Parallel()
	hostile := "www.evil.example a|b `c` ``` <img src=x> @octocat #1 [x](https://evil.example) ![i](https://evil.example/i.png) **bold**\n# head\n```\nfence"
	r := fixture()
	r.Target.URL, r.Target.Notes, r.Run.ID, r.Run.Command = hostile, []string{hostile}, hostile, hostile
	c := &r.Conformance.Checks[0]
	c.Title, c.Expected, c.Actual, c.Difference, c.Why, c.Fix, c.Repeat, c.Level = hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile
	c.Docs = "https://x.example/) [y](z"
	c.References = []reports.Reference{{Name: hostile, URL: "javascript:evil()"}, {Name: hostile, URL: "https://x.example/) [y](z"}}
	cause := &r.Conformance.Causes[0]
	cause.Title, cause.Fix, cause.Effect, cause.Expected, cause.Actual, cause.Blocked = hostile, hostile, hostile, hostile, hostile, []string{hostile}
	cause.Evidence = &reports.Exchange{
		Method: hostile, URL: hostile, Failure: hostile, RequestHeader: []reports.Header{{Name: hostile, Value: hostile}}, ResponseBody: hostile,
	}
	r.Conformance.NotJudged = []reports.NotJudged{{Name: hostile, Reason: hostile}}
	r.Conformance.Checks[7].Accepted.Reason = hostile
	r.Simulation.Jobs[0].Escrows[0].Error, r.Simulation.Jobs[0].Escrows[0].SourceName, r.Simulation.Jobs[0].Quarantines[0].Error = hostile, hostile, hostile
	r.Simulation.Expectations[1].Title, r.Simulation.Expectations[1].Actual = hostile, hostile
	text := markdown(t, r)
	shown := 0
	for _, n := range rendered(t, text) {
		switch {
		case n.Type == html.TextNode:
			code := n.Parent.Data == "code" || n.Parent.Data == "pre"
			if regexp.MustCompile(`@\w|(^|\s)#\d`).MatchString(n.Data) && !code {
				t.Errorf("%q would notify somebody", n.Data)
			}
			if strings.Contains(n.Data, "octocat") {
				shown++
			}
		case n.Type != html.ElementNode:
		case n.Data == "a" && !strings.HasPrefix(n.Attr[0].Val, "https://www.rfc-editor.org/"), slices.Contains([]string{"img", "script", "h1"}, n.Data):
			t.Errorf("<%s %v> came from the data", n.Data, n.Attr)
		case n.Data == "tr":
			if cells := len(slices.Collect(n.ChildNodes())) / 2; cells != 5 && cells != 7 && cells != 8 {
				t.Errorf("a row of %d cells", cells)
			}
		}
	}
	if shown < 20 {
		t.Errorf("the text itself is shown %d times:\n%s", shown, text)
	}
}

func TestMarkdownOfAnySize(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*reports.Report{
		"nothing": {}, "no job": {Simulation: &reports.Simulation{}}, "no cycle": {Simulation: &reports.Simulation{Jobs: []reports.Job{{}}}},
		"no check": {Conformance: &reports.Conformance{}},
	} {
		if text := markdown(t, r); !strings.HasPrefix(text, "## ") || strings.Contains(text, "Fix this first") {
			t.Errorf("%s: %s", name, text)
		}
	}
}
