package reports_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// element is a start tag of the page.
type element struct {
	name  string
	attrs map[string]string
}

// parse reads the page as XML, which the templates keep to: it must nest.
func parse(t *testing.T, page string) ([]element, string) {
	t.Helper()
	page = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`).ReplaceAllString(page, "<$1></$2>")
	page = strings.TrimPrefix(page, "<!DOCTYPE html>")
	page = regexp.MustCompile(` (hidden|open)>`).ReplaceAllString(page, ` $1="">`)
	dec := xml.NewDecoder(strings.NewReader(page))
	dec.Entity = xml.HTMLEntity
	var all []element
	var text strings.Builder
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return all, text.String()
		}
		if err != nil {
			t.Fatalf("the page does not nest: %v", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{tok.Name.Local, map[string]string{}}
			for _, a := range tok.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			all = append(all, e)
		case xml.CharData:
			text.Write(tok)
		}
	}
}

func TestHTMLIsSelfContained(t *testing.T) {
	t.Parallel()
	page := string(write(t, "html", weekFixture()))
	elements, _ := parse(t, page)
	ids := map[string]bool{}
	for _, e := range elements {
		if id := e.attrs["id"]; id != "" {
			if ids[id] {
				t.Errorf("id %q is there twice", id)
			}
			ids[id] = true
		}
	}
	for _, e := range elements {
		for name, value := range e.attrs {
			switch {
			case slices.Contains([]string{"src", "srcset", "data", "action", "poster", "style"}, name) || strings.HasPrefix(name, "on"):
				t.Errorf("<%s> has %s=%q", e.name, name, value)
			case name == "href" && e.name != "a":
				t.Errorf("<%s> loads %q", e.name, value)
			case name == "href" && strings.HasPrefix(value, "#") && !ids[value[1:]]:
				t.Errorf("link to %q, which is not there", value)
			case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "https://www.rfc-editor.org/") &&
				!strings.HasPrefix(value, "https://scimdrill.github.io/"):
				t.Errorf("link to %q", value)
			}
		}
		if slices.Contains([]string{"link", "img", "iframe", "object", "embed", "base", "image", "use"}, e.name) {
			t.Errorf("<%s> is there", e.name)
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)[1]
	if regexp.MustCompile(`@import|url\([^#]|https?:`).MatchString(style) {
		t.Error("the style loads something")
	}
}

// A browser that enforces the policy runs the page's own style and script only.
func TestHTMLPolicy(t *testing.T) {
	t.Parallel()
	page := string(write(t, "html", fixture()))
	elements, _ := parse(t, page)
	policy := ""
	for _, e := range elements {
		if e.attrs["http-equiv"] == "Content-Security-Policy" {
			policy = e.attrs["content"]
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy = %q", policy)
	}
	for _, name := range []string{"style", "script"} {
		blocks := regexp.MustCompile(`(?s)<`+name+`>(.*?)</`+name+`>`).FindAllStringSubmatch(page, -1)
		if len(blocks) != 1 {
			t.Fatalf("%d blocks of %s", len(blocks), name)
		}
		sum := sha256.Sum256([]byte(blocks[0][1]))
		if want := name + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s", want)
		}
	}
}

// Whatever a tenant or a target calls things stays text.
func TestHTMLEscapes(t *testing.T) {
	t.Parallel()
	r := fixture()
	hostile := `"><script>evil()</script>`
	r.Target.URL, r.Target.Notes, r.Run.ID, r.Run.Command = hostile, []string{hostile}, hostile, hostile
	c := &r.Conformance.Checks[0]
	c.Subject, c.Title, c.Expected, c.Actual, c.Difference, c.Why, c.Fix, c.Repeat = hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile
	c.References, c.Docs = []reports.Reference{{Name: hostile, URL: "javascript:evil()"}}, "javascript:evil()"
	c.Exchanges[0].ResponseBody, c.Exchanges[0].URL, c.Exchanges[0].Curl = hostile, hostile, hostile
	e := &r.Simulation.Jobs[0].Entries[0]
	e.Error, e.Status, e.Action, e.Steps[0].Details = hostile, hostile, hostile, map[string]string{hostile: hostile}
	r.Simulation.Events[0].Title, r.Simulation.Events[0].Kind, r.Simulation.Jobs[0].Cycles[3].State = hostile, hostile, hostile
	page := string(write(t, "html", r))
	elements, text := parse(t, page)
	scripts := 0
	for _, e := range elements {
		if e.name == "script" && e.attrs["type"] == "" { // of another type it is data
			scripts++
		}
		if e.name == "img" || strings.Contains(e.attrs["href"], "javascript") {
			t.Errorf("<%s %v> came from the data", e.name, e.attrs)
		}
	}
	if scripts != 1 || strings.Contains(page, "<script>evil") || strings.Contains(page, `<script>alert`) {
		t.Errorf("%d scripts in the page", scripts)
	}
	if !strings.Contains(text, injection) || !strings.Contains(text, hostile) {
		t.Error("the text itself is not shown")
	}
}

func TestHTMLSays(t *testing.T) {
	t.Parallel()
	_, text := parse(t, string(write(t, "html", fixture())))
	text = strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"Not conformant", "5 findings, 4 causes.", "Fix this first", "PATCH with a filter in the path changes nothing", "Why Entra cares",
		`name.familyName is still "Byron"`, "Repeat this request", "Authorization: Bearer $SCIMDRILL_TOKEN", "--check 'ATT-012[name.familyName|PATCH replace]'",
		"EncounteredQuarantineException", "the job is active again", "quiet: nothing to write, 2 requests", "This page shows 3 of 71 entries",
		"not affiliated with, endorsed by or certified by Microsoft or GoTo", "declared as not supported, but it works", "Microsoft page",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A year of cycles is drawn in a few hundred bars, and any part may be missing.
func TestHTMLAnySize(t *testing.T) {
	t.Parallel()
	year := fixture()
	year.Simulation.Jobs[0].Cycles, year.Simulation.Jobs[0].Entries, year.Conformance = nil, nil, nil
	for i := range 13140 {
		c := reports.Cycle{Number: i + 1, Kind: reports.CycleIncremental, Began: start().Add(time.Duration(i) * 40 * time.Minute), State: reports.CycleSucceeded}
		c.Ended, c.Counts.Updated = c.Began, i%2
		year.Simulation.Jobs[0].Cycles = append(year.Simulation.Jobs[0].Cycles, c)
	}
	for name, r := range map[string]*reports.Report{
		"a year":   year,
		"nothing":  {SchemaVersion: reports.SchemaVersion},
		"no cycle": {Simulation: &reports.Simulation{Jobs: []reports.Job{{}}}},
		"no job":   {Simulation: &reports.Simulation{}},
		"no check": {Conformance: &reports.Conformance{}},
		"one instant": {
			Simulation: &reports.Simulation{
				Jobs: []reports.Job{{Cycles: []reports.Cycle{{Number: 1, Kind: reports.CycleInitial, Began: start(), Ended: start(), State: reports.CycleSucceeded}}}},
			},
		},
		"only quarantine": {
			Simulation: &reports.Simulation{
				Jobs: []reports.Job{
					{Cycles: []reports.Cycle{{Number: 1, Began: start(), Ended: start(), State: reports.CycleFailed}}, Quarantines: []reports.Span{{Began: start()}}},
				},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := write(t, "html", r)
			elements, _ := parse(t, string(page))
			if len(page) > 400_000 || len(elements) < 20 {
				t.Errorf("%d bytes, %d elements", len(page), len(elements))
			}
			write(t, "text", r)
			write(t, "junit", r)
			if err := reports.WriteJSON(io.Discard, r); err != nil {
				t.Error(err)
			}
		})
	}
}
