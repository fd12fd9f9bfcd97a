package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

//go:embed html/*.tmpl html/*.css html/*.js
var htmlFiles embed.FS

// styles and scripts list the files in the order in which the page joins them.
func styles() []string {
	return []string{"base", "head", "causes", "timeline", "replay", "simulation", "grid", "checks", "log", "phone", "print"}
}

func scripts() []string {
	return []string{"theme", "list", "copy", "entry", "timeline", "address", "keys", "start"}
}

// WriteHTML writes the report as one self-contained HTML file.
func WriteHTML(w io.Writer, r *Report) error {
	page, err := newPage(r.embeddable().visible())
	if err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	tmpl, err := template.New("page.tmpl").Funcs(htmlFunctions()).ParseFS(htmlFiles, "html/*.tmpl")
	if err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, page); err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	if _, err := io.WriteString(w, outside.Lines(b.String())); err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	return nil
}

// joined reads files of one kind and joins them.
func joined(names []string, extension string) (string, error) {
	var b strings.Builder
	for _, name := range names {
		data, err := htmlFiles.ReadFile("html/" + name + extension)
		if err != nil {
			return "", err
		}
		b.Write(data)
	}
	return b.String(), nil
}

// policy allows the page's own style and script and nothing else.
func policy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'", digest(style), digest(script))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func htmlFunctions() template.FuncMap {
	return template.FuncMap{
		"anchor": anchor, "answer": func(e Exchange) string { return e.answer() }, "count": count, "thousands": thousands,
		"when": virtualTime, "clock": clockTime, "span": virtualSpan, "outcomes": Outcomes, "share": share, "tone": tone, "symbol": symbol,
		"pretty": pretty, "severityTone": severityTone, "seconds": seconds, "explain": explain, "iso": isoTime,
		"next": func(i int) int { return i + 1 }, "add": func(a, b float64) float64 { return a + b }, "sub": func(a, b float64) float64 { return a - b },
	}
}

// anchor returns the element id for the key of a check.
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

// tone maps statuses and states to the five tones of the page.
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

// symbol returns the symbol of a status, so that no status depends on colour alone.
func symbol(status string) string { return Outcome(tone(status)).Symbol() }

// segment is a part of a bar, placed by percentages.
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
