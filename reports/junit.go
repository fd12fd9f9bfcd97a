package reports

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property,omitempty"`
	Cases      []junitCase     `xml:"testcase"`
	seconds    float64
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class     string       `xml:"classname,attr"`
	Name      string       `xml:"name,attr"`
	Time      string       `xml:"time,attr"`
	Failure   *junitResult `xml:"failure"`
	Error     *junitResult `xml:"error"`
	Skipped   *junitResult `xml:"skipped"`
	SystemOut string       `xml:"system-out,omitempty"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report as JUnit XML, with one suite for the expectations of the
// simulation and one for each suite of checks. Durations come from Timing.
func WriteJUnit(w io.Writer, r *Report) error {
	r = r.visible()
	doc := junitSuites{Name: "scimdrill"}
	seconds := 0.0
	for _, s := range r.junitSuites() {
		doc.Tests += s.Tests
		doc.Failures += s.Failures
		doc.Errors += s.Errors
		doc.Skipped += s.Skipped
		seconds += s.seconds
		s.Time = junitTime(s.seconds)
		doc.Suites = append(doc.Suites, s)
	}
	doc.Time = junitTime(seconds)
	data, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write report as JUnit: %w", err)
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", xml.Header, data); err != nil {
		return fmt.Errorf("write report as JUnit: %w", err)
	}
	return nil
}

func (r *Report) junitSuites() []junitSuite {
	var suites []junitSuite
	at := func(name string) *junitSuite {
		i := slices.IndexFunc(suites, func(s junitSuite) bool { return s.Name == name })
		if i < 0 {
			i = len(suites)
			suites = append(suites, junitSuite{Name: name, Properties: r.junitProperties()})
			if !r.Timing.Started.IsZero() {
				suites[i].Timestamp = r.Timing.Started.UTC().Format(time.RFC3339)
			}
		}
		return &suites[i]
	}
	if s := r.Simulation; s != nil {
		suite := at("simulation " + s.first().Profile)
		for _, e := range s.judged() {
			suite.add(e.Outcome, junitCase{Class: "scimdrill.simulation", Name: e.Title, Time: junitTime(0)},
				junitResult{Message: e.Actual, Type: "expectation", Text: expectedActual(e.Expected, e.Actual)})
		}
		suite.seconds = r.Timing.SimulationSeconds
	}
	if p := r.Replay; p != nil {
		suite := at("replay")
		for _, e := range p.judged() {
			suite.add(e.Outcome, junitCase{Class: "scimdrill.replay", Name: e.Title, Time: junitTime(0)},
				junitResult{Message: e.Actual, Type: "expectation", Text: expectedActual(e.Expected, e.Actual)})
		}
		suite.seconds = p.Measured.Seconds
	}
	if c := r.Conformance; c != nil {
		if c.Stopped != "" { // without an error, a reader of this file alone would see nothing wrong
			at("conformance").add(Errored, junitCase{Class: "scimdrill.conformance", Name: "the target can be judged", Time: junitTime(0)},
				junitResult{Message: c.Stopped, Type: "stopped", Text: c.Stopped + "\n"})
		}
		durations := r.Timing.byCheck()
		for _, check := range c.Checks {
			suite, seconds := at("conformance "+cmp.Or(check.Suite, "checks")), durations[check.Key()]
			suite.seconds += seconds
			name := check.Key() + " " + check.Title
			suite.add(check.Outcome, junitCase{Class: "scimdrill.conformance." + check.Level, Name: name, Time: junitTime(seconds)}, check.junitResult())
		}
		if i := slices.IndexFunc(suites, func(s junitSuite) bool { return strings.HasPrefix(s.Name, "conformance ") }); i >= 0 {
			suites[i].Properties = append(suites[i].Properties, c.junitProperties()...) // once is enough
		}
	}
	return suites
}

func (r *Report) junitProperties() []junitProperty {
	properties := []junitProperty{
		{"tool", r.Tool.Name + " " + r.Tool.Version}, {"target", r.Target.URL}, {"seed", strconv.FormatUint(r.Run.Seed, 10)}, {"command", r.Run.Command},
	}
	if r.Conformance != nil {
		properties = append(properties, junitProperty{"profiles", strings.Join(r.Conformance.Profiles, ",")})
		if stopped := r.Conformance.Stopped; stopped != "" {
			properties = append(properties, junitProperty{"stopped", stopped})
		}
	}
	return properties
}

// junitProperties lists what has no verdict, by reason.
func (c *Conformance) junitProperties() []junitProperty {
	var properties []junitProperty
	for _, u := range c.unjudged() {
		properties = append(properties, junitProperty{"not judged: " + u.Reason, fmt.Sprintf("%d: %s", len(u.Names), u.what(len(u.Names)))})
	}
	return properties
}

// add appends a case with the element for its outcome.
func (s *junitSuite) add(o Outcome, c junitCase, result junitResult) {
	s.Tests++
	switch o {
	case Failed:
		s.Failures++
		c.Failure = &result
	case Errored:
		s.Errors++
		c.Error = &result
	case Skipped, Blocked:
		s.Skipped++
		c.Skipped = &junitResult{Message: result.Message}
	case Warned:
		c.SystemOut = detached("warning: " + result.Message + "\n" + result.Text)
	case Passed:
	}
	s.Cases = append(s.Cases, c)
}

// detached returns text for the output of a case without attachments. Jenkins and GitLab take the
// file that [[ATTACHMENT|path]] names, from the machine that reads the report.
func detached(text string) string {
	return regexp.MustCompile(`(?i)\[\[(attachment)`).ReplaceAllString(text, `[\u005b$1`)
}

func (c Check) junitResult() junitResult {
	if c.Outcome == Skipped {
		return junitResult{Message: c.SkipReason}
	}
	if c.Outcome == Blocked {
		return junitResult{Message: "blocked: " + cmp.Or(c.Actual, "another finding stands in the way")}
	}
	var b strings.Builder
	b.WriteString(expectedActual(c.Expected, c.Actual))
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, text)
		}
	}
	line("severity", c.Severity.Label())
	line("difference", c.Difference)
	line("fix", c.Fix)
	line("why Entra cares", c.Why)
	for _, ref := range c.References {
		line("requirement", strings.TrimSpace(ref.Name+" "+ref.URL))
	}
	for _, e := range c.Exchanges {
		line("exchange", fmt.Sprintf("%s %s -> %s", e.Method, e.URL, e.answer()))
	}
	line("repeat", c.Repeat)
	line("explain", c.explain())
	line("docs", c.Docs)
	return junitResult{Message: cmp.Or(c.Actual, c.Title), Type: c.Level, Text: b.String()}
}

func expectedActual(expected, actual string) string {
	return fmt.Sprintf("expected: %s\nactual: %s\n", expected, actual)
}

func junitTime(seconds float64) string { return fmt.Sprintf("%.3f", seconds) }
