package docs_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
)

// TestChecksPage holds the list of checks to the catalogue.
func TestChecksPage(t *testing.T) {
	t.Parallel()
	all := suites.All()
	slices.SortFunc(all, func(a, b catalog.Check) int { return cmp.Compare(a.ID, b.ID) })
	var page strings.Builder
	fmt.Fprintf(&page, `# Checks

%d checks, by id. An id is never used again. Each says what a conforming service does. A MUST fails if it is not met, a SHOULD warns,
and what Entra needs (ENTRA) fails under the profile `+"`entra`"+` and warns under `+"`rfc`"+` alone. A check whose only basis is an observation or an inference
warns. `+"`scimdrill conform --check ID`"+` runs one, and `+"`scimdrill explain ID`"+` says more. This page is made from the program by `+"`make checks`"+`.

| id | level | a conforming service | rule |
|---|---|---|---|
`, len(all))
	for _, c := range all {
		fmt.Fprintf(&page, "| [%s](#%s) | %s | %s | %s |\n", c.ID, strings.ToLower(string(c.ID)), c.Level, cell(c.Title), c.Rule)
	}
	for _, c := range all {
		fmt.Fprintf(&page, "\n## %s\n\nA conforming service %s.\n\n", c.ID, cell(c.Title))
		fmt.Fprintf(&page, "- Level: %s, by %s (%s)\n", c.Level, source(c.Basis), c.Basis.Kind)
		if why := strings.TrimSpace(c.Why); why != "" {
			fmt.Fprintf(&page, "- Why: %s\n", cell(why))
		}
		fmt.Fprintf(&page, "- Fix: %s\n", cell(c.Fix))
		if cause, ok := catalog.LookupCause(c.Cause); ok {
			fmt.Fprintf(&page, "- If it fails: %s (%s)\n", cell(cause.Title), cause.Severity)
		}
		if len(c.Needs) > 0 {
			fmt.Fprintf(&page, "- Skipped without: %s\n", strings.Join(c.Needs, ", "))
		}
		if c.Profile != "" {
			fmt.Fprintf(&page, "- Only under the profile: %s\n", c.Profile)
		}
	}
	hold(t, "reference/checks.md", page.String())
}

// source is the basis of a check, with a link if it is a page.
func source(b catalog.Basis) string {
	if b.URL == "" {
		return cell(b.Ref)
	}
	return "[" + cell(b.Ref) + "](" + b.URL + ")"
}

// cell is a text of the catalogue in a line of Markdown.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "\n", " ").Replace(text)
}
