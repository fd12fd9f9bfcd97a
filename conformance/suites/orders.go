package suites

import (
	"cmp"
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/model"
)

// The steps and the seed of the default run. The seed does not depend on the run, so that equal
// targets get equal verdicts.
const (
	defaultSteps = 36
	defaultSeed  = 1
)

// orders is the check of requests in random order, against a model of users and groups.
func orders() []Spec {
	return []Spec{
		widely(check(catalog.Check{
			ID: "MOD-001", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-127, R-171", Cause: "order",
			Needs: []string{catalog.Patch},
			Title: "keeps what a random sequence of requests writes, in whatever order",
			Why:   "Entra sends the changes of a user over months. A change that is lost after another one is never repaired, because Entra does not read it again.",
			Fix:   "Repeat the requests one by one, and look for what the service remembers of earlier ones: a cache, a flag, an index or an old copy.",
		}, func(ctx context.Context, p *probe) {
			if !p.survey.Asked || !model.Usable(p.survey) {
				p.finding.Lacks = "text attributes that PATCH changes"
				p.skip("the target has no text attribute that a create stores and PATCH changes")
			}
			p.thorough = true
			steps := cmp.Or(p.steps, defaultSteps)
			seed := cmp.Or(p.seed, defaultSeed)
			r, err := model.Judge(ctx, p.Case, p.survey, model.Options{Seed: seed, Steps: steps, More: func() bool { return p.Took() < p.deep }})
			if err != nil {
				p.stop(err)
			}
			p.finding.Assertions += max(r.Steps, 1)
			if r.Finding == nil {
				return
			}
			f := r.Finding.Fact
			f.Actual = fmt.Sprintf("after %s: %s", r.Finding, f.Actual)
			if r.Finding.Again {
				p.finding.Cause = "comes-back"
			}
			p.finding.Sequence = true
			p.end(Failed, f)
		})),
	}
}
