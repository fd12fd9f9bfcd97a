package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// shieldsBadge is an endpoint badge of shields.io: the file says what to draw.
type shieldsBadge struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
	IsError       bool   `json:"isError,omitempty"`
}

// WriteBadge writes the verdict as JSON for an endpoint badge of shields.io, with the counts and
// the date of the run.
func WriteBadge(w io.Writer, r *Report) error {
	v := r.Verdict()
	b := shieldsBadge{SchemaVersion: 1, Label: "scimdrill", Message: strings.ToLower(v.Title), Color: badgeColor(v.Outcome), IsError: v.Outcome == Errored}
	if c := r.Conformance; c != nil {
		n := Summarize(c.Checks).Counts
		counts := []string{fmt.Sprintf("%d of %d passed", n.Passed, n.Total-n.Skipped)}
		for _, part := range []struct {
			n    int
			word string
		}{{n.Failed, "failed"}, {n.Blocked, "blocked"}, {n.Known, "known"}} {
			if part.n > 0 {
				counts = append(counts, fmt.Sprintf("%d %s", part.n, part.word))
			}
		}
		b.Label, b.Message = "SCIM", b.Message+": "+strings.Join(counts, ", ")
	}
	if !r.Timing.Ended.IsZero() {
		b.Message += " (" + r.Timing.Ended.UTC().Format("2006-01-02") + ")"
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return fmt.Errorf("write report as badge: %w", err)
	}
	if _, err := fmt.Fprintf(w, "%s\n", data); err != nil {
		return fmt.Errorf("write report as badge: %w", err)
	}
	return nil
}

func badgeColor(o Outcome) string {
	switch o {
	case Passed:
		return "brightgreen"
	case Warned:
		return "yellow"
	case Failed:
		return "red"
	default:
		return "lightgrey"
	}
}
