package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// evidenceSection is the heading of the table that says what each W-rule was read from.
const evidenceSection = "Evidence of the wire rules"

// evidence is a row of that table.
type evidence struct {
	id, kind, date string
	line           int // from 0
}

// datePattern is a year, a month or a day.
var datePattern = regexp.MustCompile(`^20[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$`)

// parseEvidence reads one row.
func parseEvidence(cells []string, line int) (evidence, error) {
	const columns = 3
	if len(cells) != columns {
		return evidence{}, fmt.Errorf("line %d: the evidence of %s has %d columns, want %d", line+1, cells[0], len(cells), columns)
	}
	e := evidence{cells[0], cells[1], cells[2], line}
	if !slices.Contains([]string{"verbatim", "sanitised", "rebuilt"}, e.kind) {
		return e, fmt.Errorf("line %d: the evidence of %s is %q; want verbatim, sanitised or rebuilt", line+1, e.id, e.kind)
	}
	if e.date != "undated" && !datePattern.MatchString(e.date) {
		return e, fmt.Errorf("line %d: the date of %s is %q; want a year, month, day or undated", line+1, e.id, e.date)
	}
	return e, nil
}

// checkEvidence wants one row for each rule of the wire, and none without a rule. What nobody
// quoted cannot be more than rebuilt.
func checkEvidence(l *ledger) error {
	sure := map[string]string{}
	for _, r := range l.rules {
		if strings.HasPrefix(r.id, "W-") {
			sure[r.id] = r.cells[3]
		}
	}
	var errs []error
	seen := map[string]bool{}
	for _, e := range l.evidence {
		s, known := sure[e.id]
		switch {
		case !known:
			errs = append(errs, fmt.Errorf("line %d: %s has evidence but is not a W-rule", e.line+1, e.id))
		case seen[e.id]:
			errs = append(errs, fmt.Errorf("line %d: duplicate evidence of %s", e.line+1, e.id))
		case (s == "inferred" || s == "reported") && e.kind != "rebuilt":
			errs = append(errs, fmt.Errorf("line %d: %s is %s, so its evidence must be rebuilt, not %s", e.line+1, e.id, s, e.kind))
		}
		seen[e.id] = true
	}
	if len(l.evidence) == 0 {
		return errors.Join(errs...) // a ledger without that table
	}
	for _, r := range l.rules {
		if strings.HasPrefix(r.id, "W-") && !seen[r.id] {
			errs = append(errs, fmt.Errorf("line %d: %s: row missing under %q", r.line+1, r.id, evidenceSection))
		}
	}
	return errors.Join(errs...)
}

// reportEvidence counts the kinds.
func reportEvidence(l *ledger) string {
	n := map[string]int{}
	for _, e := range l.evidence {
		n[e.kind]++
	}
	return fmt.Sprintf("evidence of W-rules: %d verbatim, %d sanitised, %d rebuilt", n["verbatim"], n["sanitised"], n["rebuilt"])
}
