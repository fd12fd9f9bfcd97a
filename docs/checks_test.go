package docs_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
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
warns. `+"`scimdrill conform --check ID`"+` runs one, and `+"`scimdrill explain ID`"+` prints its section. This page is made from the program by `+"`make checks`"+`.

| id | level | a conforming service | rule |
|---|---|---|---|
`, len(all))
	for _, c := range all {
		fmt.Fprintf(&page, "| [%s](#%s) | %s | %s | %s |\n", c.ID, strings.ToLower(string(c.ID)), c.Level, cell(c.Title), c.Rule)
	}
	for _, c := range all {
		section(&page, c)
	}
	hold(t, "reference/checks.md", page.String())
}

// section writes what `scimdrill explain` prints about a check.
func section(page *strings.Builder, c catalog.Check) {
	fmt.Fprintf(page, "\n## %s\n\nA conforming service %s.\n\n- Level: %s\n- Requirement: %s: %s\n", c.ID, cell(c.Title), c.Level, c.Basis.Kind, source(c.Basis))
	item := func(label, text string) {
		if text = strings.TrimSpace(text); text != "" {
			fmt.Fprintf(page, "- %s: %s\n", label, text)
		}
	}
	item("Rule", c.Rule)
	item("Why Entra cares", cell(c.Why))
	if cause, ok := catalog.LookupCause(c.Cause); ok {
		item("If it fails", fmt.Sprintf("%s (%s)", cell(cause.Title), cause.Severity))
		if cause.Fix != c.Fix {
			item("Fix of this cause", cell(cause.Fix))
		}
	}
	for _, d := range target.Catalog() {
		if slices.Contains(d.Killers, string(c.ID)) {
			item("Broken by", fmt.Sprintf("[%s](../why/defects.md#%s): %s", d.ID, strings.ToLower(d.ID), cell(d.Title)))
		}
	}
	item("Fix", cell(c.Fix))
	item("Skipped without", strings.Join(c.Needs, ", "))
	item("Only under the profile", c.Profile)
	flags := ""
	if slices.Contains(c.Needs, catalog.Tenants) {
		flags += " --second-token-file FILE"
	}
	if c.Profile == catalog.Leavers {
		flags += " --leaver-probe URL"
	}
	item("Run it alone", "`scimdrill conform --target URL --check "+string(c.ID)+flags+"`")
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
