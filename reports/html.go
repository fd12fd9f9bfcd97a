package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed html/*.tmpl html/*.css html/*.js
var htmlFiles embed.FS

// WriteHTML writes the report as one HTML file without outside references.
func WriteHTML(w io.Writer, r *Report) error {
	page, err := newPage(r.embeddable())
	if err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	tmpl, err := template.New("page.tmpl").Funcs(htmlFunctions()).ParseFS(htmlFiles, "html/*.tmpl")
	if err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	if err := tmpl.Execute(w, page); err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	return nil
}

// page is what the templates see.
type page struct {
	*Report
	Verdict  Verdict
	Timeline *timeline
	Busy     []cycleRow
	Findings []Check
	Counts   Counts
	Totals   CycleCounts
	Judged   []Expectation
	Style    template.CSS
	Script   template.JS
	Policy   string
}

func newPage(r *Report) (*page, error) {
	style, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return nil, err
	}
	script, err := htmlFiles.ReadFile("html/script.js")
	if err != nil {
		return nil, err
	}
	p := &page{
		Report: r, Verdict: r.Verdict(), Style: template.CSS(style), Script: template.JS(script),
		Policy: fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'", digest(style), digest(script)),
	}
	if s := r.Simulation; s != nil {
		p.Timeline, p.Busy, p.Totals, p.Judged = newTimeline(s), cycleRows(s.Cycles), s.Totals(), s.judged()
	}
	if c := r.Conformance; c != nil {
		p.Counts, p.Findings = Summarize(c.Checks).Counts, findings(c.Checks)
	}
	return p, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func htmlFunctions() template.FuncMap {
	return template.FuncMap{
		"anchor":    anchor,
		"answer":    func(e Exchange) string { return e.answer() },
		"count":     count,
		"thousands": thousands,
		"when":      virtualTime,
		"span":      virtualSpan,
		"outcomes":  Outcomes,
		"join":      strings.Join,
		"add":       func(a, b int) int { return a + b },
		"share":     share,
		"tone":      tone, "pretty": pretty, "difference": difference, "seconds": seconds,
	}
}

// anchor makes an id for a link from the key of a check.
func anchor(key string) string {
	var b strings.Builder
	b.WriteString("check-")
	for _, r := range key {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "_%x", r)
		}
	}
	return b.String()
}

// tone maps the words of logs and states to the five tones of the page.
func tone(status string) string {
	switch status {
	case StatusSuccess, CycleSucceeded, "Active", string(Passed):
		return "passed"
	case StatusWarning, CycleEntryLevelErrors, string(Warned):
		return "warned"
	case StatusFailure, CycleFailed, "Quarantine", string(Failed):
		return "failed"
	case string(Errored):
		return "errored"
	default:
		return "skipped"
	}
}

// segment is a piece of a bar, placed by percentages.
type segment struct {
	Outcome  Outcome
	Count    int
	X, Width string
}

// share divides a bar among outcomes.
func share(c Counts) []segment {
	var segments []segment
	at := 0
	for _, o := range Outcomes() {
		if n := c.Of(o); n > 0 {
			segments = append(segments, segment{o, n, percent(at, c.Total), percent(n, c.Total)})
			at += n
		}
	}
	return segments
}

func percent(part, whole int) string {
	if whole == 0 {
		return "0%"
	}
	return fmt.Sprintf("%.3f%%", 100*float64(part)/float64(whole))
}
