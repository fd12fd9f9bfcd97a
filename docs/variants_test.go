package docs_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// TestVariantsPage holds the list of variants to those of the target.
func TestVariantsPage(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	fmt.Fprintf(&page, `# Variants of the target

The RFCs leave choices open. A variant makes one of them in another way, and is as correct as the target without it:
`+"`scimdrill target --variant ID`"+`. The last column names the checks that report a variant although no RFC forbids it, and the reason.
%d variants. This page is made from the program by `+"`make golden`"+`.

| id | the target | rules | reported by |
|---|---|---|---|
`, len(target.Variants()))
	for _, v := range target.Variants() {
		against := strings.Join(v.Against, ", ")
		if v.Why != "" {
			against += ": " + v.Why
		}
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s |\n", v.ID, cell(v.Title), strings.Join(v.Rules, ", "), cell(strings.TrimPrefix(against, ": ")))
	}
	hold(t, "reference/variants.md", page.String())
}
