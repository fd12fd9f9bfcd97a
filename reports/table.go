package reports

import "slices"

// RowVerdict is what is said about a row.
type RowVerdict string

// The verdicts.
const (
	RowPassed  RowVerdict = "passed"
	RowFailed  RowVerdict = "failed"
	RowSkipped RowVerdict = "skipped" // there is nothing to ask this target
	RowOpen    RowVerdict = "open"    // no check can decide it, or the one that can did not run
)

// RowVerdicts returns all verdicts, the worst first.
func RowVerdicts() []RowVerdict { return []RowVerdict{RowFailed, RowOpen, RowSkipped, RowPassed} }

// RowAsExpected is the reason of a row that passed without a measurement.
const RowAsExpected = "as expected"

// Table is the table of one profile.
type Table struct {
	// Profile is the name of the profile, and Title what the table shows.
	Profile string `json:"profile"`
	Title   string `json:"title"`
	// Note says what the table is worth, such as that it is a prediction.
	Note string `json:"note"`
	// Source is the document whose rows these are. URL is its address, and Date when it was read.
	Source string     `json:"source"`
	URL    string     `json:"url,omitempty"`
	Date   string     `json:"date,omitempty"`
	Rows   []TableRow `json:"rows"`
}

// TableRow is one test or demand.
type TableRow struct {
	// Name is the name in the source.
	Name string `json:"name"`
	// Kind says how much the row counts there, such as required or preview.
	Kind    string     `json:"kind,omitempty"`
	Verdict RowVerdict `json:"verdict"`
	// Why is the reason of the verdict.
	Why string `json:"why"`
	// Note says what is not known about the row.
	Note string `json:"note,omitempty"`
	// Checks are the ids of the checks that decide, and Rules the requirements behind them.
	Checks []string `json:"checks,omitempty"`
	Rules  []string `json:"rules,omitempty"`
}

// Count returns how many rows have a verdict.
func (t Table) Count(v RowVerdict) int {
	n := 0
	for _, r := range t.Rows {
		if r.Verdict == v {
			n++
		}
	}
	return n
}

// Symbol returns the symbol of a verdict, so that colour is not needed.
func (v RowVerdict) Symbol() string {
	switch v {
	case RowPassed:
		return "✓"
	case RowFailed:
		return "✗"
	case RowSkipped:
		return "⊘"
	case RowOpen:
	}
	return "–"
}

// worstTables merges the tables of several runs of the same checks: each row has its worst verdict.
func worstTables(runs ...[]Table) []Table {
	if len(runs) == 0 {
		return nil
	}
	out := cloneTables(runs[0])
	for _, run := range runs[1:] {
		for _, t := range run {
			i := slices.IndexFunc(out, func(o Table) bool { return o.Profile == t.Profile })
			if i < 0 || len(out[i].Rows) != len(t.Rows) {
				continue
			}
			for n, r := range t.Rows {
				if slices.Index(RowVerdicts(), r.Verdict) < slices.Index(RowVerdicts(), out[i].Rows[n].Verdict) {
					out[i].Rows[n] = r
				}
			}
		}
	}
	return out
}

// rewriteTables returns a copy with every text from outside rewritten.
func rewriteTables(list []Table, rewrite func(string) string) []Table {
	out := cloneTables(list)
	for i := range out {
		for n := range out[i].Rows {
			out[i].Rows[n].Why = rewrite(out[i].Rows[n].Why)
		}
	}
	return out
}

func cloneTables(list []Table) []Table {
	out := slices.Clone(list)
	for i := range out {
		out[i].Rows = slices.Clone(out[i].Rows)
	}
	return out
}
