package endpoint

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
)

// Matching asks for an object with a random value of a matching attribute, such as "User.externalId",
// as the first cycle will (W-14, E-90). A target that cannot filter by it fails every object.
func (p *Probe) Matching(ctx context.Context, attribute string) (Finding, error) {
	kind, name, _ := strings.Cut(attribute, ".")
	query := "filter=" + url.QueryEscape(name+` eq "`+p.GUID+`"`)
	x := p.get(ctx, p.base(), "/"+kind+"s", query, true)
	if x.Failure != "" && x.Status == 0 {
		if ctx.Err() != nil {
			return Finding{}, ctx.Err()
		}
		return Finding{}, Unreachable(p.Endpoint, x)
	}
	l := Finding{Outcome: reports.Passed, About: "Matching", Text: kind + " objects can be filtered by " + name}
	if why, fix := EmptyList(x); why != "" {
		l.Outcome, l.Text, l.Fix = reports.Failed, "GET /"+kind+"s?filter="+name+" eq \"<random>\": "+why, RefusalFix(p.Endpoint, x, fix)
		if x.Status == http.StatusBadRequest {
			l.Fix = "support filters by " + name + ", or match by another attribute: scimdrill schema set-matching"
		}
	}
	return l, nil
}
