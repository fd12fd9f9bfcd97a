package main

import (
	"os"
	"strings"
	"testing"
)

func TestEvidence(t *testing.T) {
	t.Parallel()
	const rules = `## Wire

| id | rule | source | sure | option | tests | live |
| --- | --- | --- | --- | --- | --- | --- |
| W-1 | one | page | documented | – | – | never |
| W-C2 | two | page | inferred | – | – | never |

## Evidence of the wire rules

| id | evidence | date |
| --- | --- | --- |
`
	for _, tt := range []struct {
		name, rows, want string
	}{
		{"all there", "| W-1 | verbatim | 2026-02 |\n| W-C2 | rebuilt | undated |\n", ""},
		{"a day", "| W-1 | sanitised | 2026-06-09 |\n| W-C2 | rebuilt | 2024 |\n", ""},
		{"another word", "| W-1 | copied | 2026 |\n| W-C2 | rebuilt | 2024 |\n", `the evidence of W-1 is "copied"`},
		{"no date", "| W-1 | verbatim | soon |\n| W-C2 | rebuilt | 2024 |\n", `the date of W-1 is "soon"`},
		{"no such month", "| W-1 | verbatim | 2026-13 |\n| W-C2 | rebuilt | 2024 |\n", `the date of W-1 is "2026-13"`},
		{"one is missing", "| W-1 | verbatim | 2026 |\n", "W-C2: row missing"},
		{"one too many", "| W-1 | verbatim | 2026 |\n| W-C2 | rebuilt | 2024 |\n| W-3 | rebuilt | 2024 |\n", "W-3 has evidence but is not a W-rule"},
		{"twice", "| W-1 | verbatim | 2026 |\n| W-1 | verbatim | 2026 |\n| W-C2 | rebuilt | 2024 |\n", "duplicate evidence of W-1"},
		{"inferred and quoted", "| W-1 | verbatim | 2026 |\n| W-C2 | sanitised | 2024 |\n", "W-C2 is inferred, so its evidence must be rebuilt"},
		{"a column too many", "| W-1 | verbatim | 2026 | x |\n| W-C2 | rebuilt | 2024 |\n", "the evidence of W-1 has 4 columns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parseLedger(rules + tt.rows)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestEvidenceOfTheLedger reads the real one.
func TestEvidenceOfTheLedger(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/why/behaviour.md")
	if err != nil {
		t.Fatal(err)
	}
	l, err := parseLedger(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.evidence) < 150 {
		t.Errorf("%d rows", len(l.evidence))
	}
}
