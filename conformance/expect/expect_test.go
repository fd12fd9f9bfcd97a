package expect_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance/expect"
	"github.com/scimdrill/scimdrill/reports"
)

func known(id string) bool { return strings.HasPrefix(id, "ATT-") || strings.HasPrefix(id, "MEM-") }

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

const file = `# known
expect:
  - check: ATT-005
    reason: value filters
      come with 4.2
    expires: 2026-12-31
  - check: "ATT-012[name.familyName|PATCH replace]"
    outcome: skipped
    reason: "no patch: yet"
    expires: "2027-01-15"
`

func TestParse(t *testing.T) {
	t.Parallel()
	f, err := expect.Parse("e.yaml", []byte(file), known)
	if err != nil {
		t.Fatal(err)
	}
	want := []expect.Entry{
		{Check: "ATT-005", Outcome: reports.Failed, Reason: "value filters come with 4.2", Expires: day("2026-12-31"), Line: 3},
		{Check: "ATT-012[name.familyName|PATCH replace]", Outcome: reports.Skipped, Reason: "no patch: yet", Expires: day("2027-01-15"), Line: 7},
	}
	if diff := cmp.Diff(want, f.Entries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, empty := range []string{"", "# nothing\n", "expect:\n", "expect: []\n"} {
		if f, err := expect.Parse("e.yaml", []byte(empty), known); err != nil || len(f.Entries) != 0 {
			t.Errorf("%q: %v %v", empty, f, err)
		}
	}
}

func TestParseNamesTheLine(t *testing.T) {
	t.Parallel()
	const rest = "\n    reason: r\n    expires: 2026-12-31\n"
	for name, c := range map[string]struct{ text, want string }{
		"no YAML":          {"expect:\n  - [", "read e.yaml: [2:"},
		"another key":      {"expected:\n  - check: ATT-001" + rest, `e.yaml:1: unknown key "expected"`},
		"no list":          {"expect: yes\n", "e.yaml:1: expect must be a list"},
		"a text":           {"hello\n", "e.yaml:1: the file must be `expect:`"},
		"an entry of text": {"expect:\n  - ATT-001\n", "e.yaml:2: an entry must have"},
		"an unknown check": {"expect:\n  - check: XXX-001" + rest, `e.yaml:2: unknown check "XXX-001"`},
		"no check":         {"expect:\n  - reason: r\n    expires: 2026-12-31\n", "e.yaml:2: check is missing"},
		"no reason":        {"expect:\n  - check: ATT-001\n    expires: 2026-12-31\n", "e.yaml:2: ATT-001: reason is missing"},
		"an empty reason":  {"expect:\n  - check: ATT-001\n    reason: \"\"\n    expires: 2026-12-31\n", "e.yaml:2: ATT-001: reason is missing"},
		"a cause of a skip": {
			"expect:\n  - check: ATT-001\n    outcome: skipped\n    cause: c" + rest, "e.yaml:2: ATT-001: a skipped check has no cause",
		},
		"no day": {"expect:\n  - check: ATT-001\n    reason: r\n", "e.yaml:2: ATT-001: expires is missing"},
		"no real day": {
			"expect:\n  - check: ATT-001\n    reason: r\n    expires: 2026-02-30\n", `e.yaml:4: expires must be a date such as 2026-12-31, not "2026-02-30"`,
		},
		"another outcome":   {"expect:\n  - check: ATT-001\n    outcome: errored" + rest, `e.yaml:3: outcome must be failed or skipped, not "errored"`},
		"an unknown member": {"expect:\n  - check: ATT-001\n    until: 2026-12-31" + rest, `e.yaml:3: unknown key "until"`},
		"a check twice":     {"expect:\n  - check: ATT-001" + rest + "  - check: att-001" + rest, "e.yaml:5: "},
		"two mistakes":      {"expect:\n  - check: XXX-001" + rest + "  - check: XXX-002" + rest, `e.yaml:5: unknown check "XXX-002"`},
	} {
		f, err := expect.Parse("e.yaml", []byte(c.text), func(id string) bool { return known(strings.ToUpper(id)) })
		if err == nil || f != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	f, err := expect.Parse("e.yaml", []byte(`expect:
  - {check: ATT-001, reason: r, expires: 2026-11-24}
  - {check: ATT-002, reason: r, expires: 2026-11-23}
  - {check: ATT-003, reason: r, expires: 2026-12-31}
  - {check: ATT-004, outcome: skipped, reason: r, expires: 2026-12-31}
  - {check: ATT-005, outcome: skipped, reason: r, expires: 2026-11-01}
  - {check: ATT-006, outcome: skipped, reason: r, expires: 2026-12-31}
  - {check: ATT-007, reason: r, expires: 2026-12-31}
  - {check: ATT-008, reason: r, expires: 2026-12-31}
  - {check: ATT-009, outcome: skipped, reason: r, expires: 2026-12-31}
`), known)
	if err != nil {
		t.Fatal(err)
	}
	checks := []reports.Check{
		{ID: "ATT-001", Outcome: reports.Failed, Actual: "bad"},
		{ID: "ATT-002", Outcome: reports.Failed, Actual: "bad"},
		{ID: "ATT-003", Outcome: reports.Passed},
		{ID: "ATT-004", Outcome: reports.Skipped, SkipReason: "no patch"},
		{ID: "ATT-005", Outcome: reports.Skipped, SkipReason: "no patch"},
		{ID: "ATT-006", Outcome: reports.Passed},
		{ID: "ATT-007", Outcome: reports.Errored, Actual: "timeout"},
		{ID: "ATT-008", Outcome: reports.Warned, Actual: "bad"},
		{ID: "ATT-009", Outcome: reports.Failed, Actual: "bad"},
		{ID: "ATT-010", Outcome: reports.Failed, Actual: "bad"},
	}
	f.Apply(checks, day("2026-11-24").Add(23*time.Hour+59*time.Minute))
	got := map[string]string{}
	for _, c := range checks {
		got[c.ID] = string(c.Outcome) + " | " + c.SkipReason + " | " + c.Actual
	}
	want := map[string]string{
		"ATT-001": "skipped | fails as expected until 2026-11-24: r | bad",
		"ATT-002": "failed |  | bad; this was expected until 2026-11-23, which has passed (e.yaml:3)",
		"ATT-003": "failed |  | the check passed",
		"ATT-004": "skipped | skipped as expected until 2026-12-31: r | ",
		"ATT-005": "failed |  | it was skipped (no patch); this was expected until 2026-11-01, which has passed (e.yaml:6)",
		"ATT-006": "failed |  | the check passed",
		"ATT-007": "errored |  | timeout",
		"ATT-008": "skipped | fails as expected until 2026-12-31: r | bad",
		"ATT-009": "failed |  | bad",
		"ATT-010": "failed |  | bad",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a := checks[2].Accepted; a == nil || a.Found != reports.Passed || a.Where != "e.yaml:4" {
		t.Errorf("an unexpected pass says %+v", a)
	}
}

// TestWrite reads back what was written, and it accepts what it was written from.
func TestWrite(t *testing.T) {
	t.Parallel()
	found := func() []reports.Check {
		return []reports.Check{
			{ID: "ATT-001", Outcome: reports.Failed, Actual: "title is \"a: b\" #1\nand more"},
			{ID: "ATT-002", Outcome: reports.Passed},
			{ID: "ATT-003", Outcome: reports.Skipped, SkipReason: "the target has no patch"},
			{ID: "ATT-004", Outcome: reports.Warned, Actual: "bad"},
			{ID: "ATT-012", Subject: "a|b", Outcome: reports.Failed, Actual: "bad"},
		}
	}
	today := day("2026-11-24")
	f, err := expect.Parse("w.yaml", expect.Write(found(), today), known)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Entries) != 3 || f.Entries[0].Reason != `title is "a: b" #1 and more` || !f.Entries[0].Expires.Equal(day("2027-02-22")) {
		t.Errorf("written: %+v", f.Entries)
	}
	checks := found()
	f.Apply(checks, today)
	for _, c := range checks {
		if c.Outcome == reports.Failed {
			t.Errorf("%s fails against the file that was written from it", c.Key())
		}
	}
	again, err := expect.Parse("w.yaml", expect.Write(checks, day("2026-12-24")), known)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f.Entries, again.Entries); diff != "" {
		t.Errorf("writing again changes entries that are in force (-first +second):\n%s", diff)
	}
	if empty := string(expect.Write(nil, today)); !strings.HasSuffix(empty, "expect: []\n") {
		t.Errorf("nothing to expect gives %q", empty)
	}
}

// An entry that names its cause allows no other.
func TestApplyCause(t *testing.T) {
	t.Parallel()
	f, err := expect.Parse("e.yaml", []byte(`expect:
  - {check: ATT-001, cause: Value-Filters, reason: r, expires: 2026-12-31}
  - {check: ATT-002, cause: value-filters, reason: r, expires: 2026-12-31}
  - {check: ATT-003, cause: value-filters, reason: r, expires: 2026-12-31}
  - {check: ATT-004, cause: ATT-004, reason: r, expires: 2026-12-31}
  - {check: ATT-005, cause: value-filters, reason: r, expires: 2026-12-31}
`), known)
	if err != nil {
		t.Fatal(err)
	}
	found := []reports.Check{
		{ID: "ATT-001", Outcome: reports.Failed, Actual: "bad", Cause: "value-filters"},
		{ID: "ATT-002", Outcome: reports.Failed, Actual: "bad", Cause: "no-patch"},
		{ID: "ATT-003", Outcome: reports.Warned, Actual: "bad", Cause: "no-patch"},
		{ID: "ATT-004", Outcome: reports.Failed, Actual: "bad"},
		{ID: "ATT-005", Outcome: reports.Blocked, Actual: "POST /Users fails"},
	}
	f.Apply(found, day("2026-11-24"))
	got := map[string]string{}
	for _, c := range found {
		got[c.ID] = string(c.Outcome) + " | " + c.Actual
	}
	if diff := cmp.Diff(map[string]string{
		"ATT-001": "skipped | bad",
		"ATT-002": `failed | bad; this was expected for the cause "value-filters" only, but the cause is "no-patch" (e.yaml:3)`,
		"ATT-003": `failed | bad; this was expected for the cause "value-filters" only, but the cause is "no-patch" (e.yaml:4)`,
		"ATT-004": "skipped | bad",
		"ATT-005": "blocked | POST /Users fails",
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := expect.Parse("w.yaml", expect.Write(found[:1], day("2026-11-24")), known)
	if err != nil || len(again.Entries) != 1 || again.Entries[0].Cause != "Value-Filters" {
		t.Errorf("written again: %+v, %v", again, err)
	}
}

// What a baseline allows is written as a new finding.
func TestWriteAfterBaseline(t *testing.T) {
	t.Parallel()
	checks := []reports.Check{{ID: "ATT-001", Outcome: reports.Skipped, Actual: "bad", Accepted: &reports.Accepted{Found: reports.Warned, Where: "old.json"}}}
	f, err := expect.Parse("w.yaml", expect.Write(checks, day("2026-11-24")), known)
	if err != nil {
		t.Fatal(err)
	}
	want := []expect.Entry{{Check: "ATT-001", Outcome: reports.Failed, Reason: "bad", Expires: day("2027-02-22"), Line: 4}}
	if diff := cmp.Diff(want, f.Entries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
