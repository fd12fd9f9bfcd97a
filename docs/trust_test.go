package docs_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// TestTrustPage holds the figures of the page to the golden matrix, the catalogues and the ledgers.
func TestTrustPage(t *testing.T) {
	t.Parallel()
	page := read(t, "trust.md")
	before, rest, ok := strings.Cut(page, "<!-- figures -->\n")
	if !ok {
		t.Fatal("trust.md has no mark for its figures")
	}
	_, after, ok := strings.Cut(rest, "<!-- end of figures -->\n")
	if !ok {
		t.Fatal("trust.md has no mark for the end of its figures")
	}
	hold(t, "trust.md", before+"<!-- figures -->\n"+figures(t)+"<!-- end of figures -->\n"+after)
}

// figures is the table of what was measured.
func figures(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n| what | figure | from |\n|---|---|---|\n")
	row := func(what, from, format string, args ...any) {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", what, fmt.Sprintf(format, args...), from)
	}
	const matrix = "[kill matrix](why/kill-matrix.md), `make mutate`"
	golden := read(t, "../conformance/testdata/kill_matrix.golden")
	defects, survivors := goldenValue(t, golden, "defects"), strings.Fields(goldenValue(t, golden, "survivors"))
	if survivors[0] == "none" {
		survivors = nil
	}
	row("listed defects that a check finds", matrix, "%d of %s", number(t, defects)-len(survivors), defects)
	checks, _, _ := strings.Cut(goldenValue(t, golden, "checks"), ",")
	idle := len(strings.Fields(goldenValue(t, golden, "without a kill")))
	row("checks that find a listed defect", matrix, "%d of %s", number(t, checks)-idle, checks)
	written, first, later := unseen(t)
	const detection = "[how detection is measured](why/detection.md#unseen-defects-first-try)"
	row("unseen defects, found at the first try", detection, "%d of %d (%d%%)", first, written, 100*first/written)
	row("the same, after the checks were widened", "the same", "%d of %d (%d%%)", later, written, 100*later/written)
	kinds := map[stranger.Kind]int{}
	for _, e := range stranger.All(stranger.Clock{}) {
		kinds[e.Kind]++
	}
	row("right services of others, in which no check may fail", "`make strangers JUDGE=-judge`", "%d", kinds[stranger.Legal])
	row("broken services of others, in which a check must fail", "the same", "%d", kinds[stranger.Defect])
	row("services that cannot be judged, whose cause must be named", "the same", "%d", kinds[stranger.Fault])
	against := 0
	for _, v := range target.Variants() {
		if len(v.Against) > 0 {
			against++
		}
	}
	row("permitted variants without a finding", "[variants](reference/variants.md)", "%d of %d; the others conflict with a need of Entra, and say so",
		len(target.Variants())-against, len(target.Variants()))
	rules, out, live := ledger(t, "why/behaviour.md")
	row("rules of the engine with a passing test", "[behaviour ledger](why/behaviour.md), `make rules`", "%d of %d; the others say why not", rules-out, rules)
	row("rules compared with the live service", "the same", "%d of %d", live, rules)
	return b.String() + "\n"
}

// goldenValue is what a line at the head of the golden matrix says.
func goldenValue(t *testing.T, golden, name string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + name + `: +(.+)$`).FindStringSubmatch(golden)
	if m == nil {
		t.Fatalf("the golden matrix has no line %q", name)
	}
	return m[1]
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// unseen adds up the table of unseen defects.
func unseen(t *testing.T) (written, first, later int) {
	t.Helper()
	_, section, _ := strings.Cut(read(t, "why/detection.md"), "## Unseen defects, first try\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, m := range regexp.MustCompile(`(?m)^\| .+ \| (\d+) \| (\d+) \| (\d+) \|$`).FindAllStringSubmatch(section, -1) {
		written, first, later = written+number(t, m[1]), first+number(t, m[2]), later+number(t, m[3])
	}
	if written == 0 {
		t.Fatal("why/detection.md has no table of unseen defects")
	}
	return written, first, later
}

// ledger counts the rules of the behaviour ledger, those that are left out of the tests, and those
// that were compared with the live service.
func ledger(t *testing.T, page string) (rules, out, live int) {
	t.Helper()
	for line := range strings.Lines(read(t, page)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) < 7 || !regexp.MustCompile(`^ ?[EAWG]-C?\d+$`).MatchString(cells[0]) {
			continue
		}
		rules++
		if strings.Contains(cells[5], "left out: ") {
			out++
		}
		if strings.TrimSpace(cells[6]) != "never" {
			live++
		}
	}
	return rules, out, live
}
