package forecast

import (
	"io"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/internal/mappings"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/plan"
)

// newWords are those of the plan's entries.
func (p *planning) newWords(names *names) (*plan.Words, error) {
	settings, err := options.Parse(p.cfg.Set)
	if err != nil {
		return nil, err
	}
	m, err := mappings.Compile(p.cfg.App.Schema, settings)
	if err != nil {
		return nil, err
	}
	w := &plan.Words{Offline: p.online == nil, Matching: matchingNames(m), Resolve: names.resolve}
	if len(p.cfg.Redact) > 0 {
		w.Hide = p.redact.Text
	}
	return w, nil
}

// logged takes an entry of the cycle into the plan.
func (p *planning) logged(l cycle.Logged) {
	e := p.words.Entry(&l)
	p.names.learn(&l)
	p.forecast.add(&e)
	p.entries.add(e)
}

// writePlan writes File.
func (p *planning) writePlan(f *Result) error {
	lines, err := p.entries.lines()
	if err != nil {
		return err
	}
	defer lines.Close()
	return wholefile.WriteFrom(filepath.Join(p.cfg.Out, File), 0o600, func(w io.Writer) error {
		return plan.Write(w, &f.Document, lines)
	})
}
