package suites

import (
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// typeOf is what the survey knows of the resources of a collection.
func (p *probe) typeOf(collection string) survey.Resource {
	if collection == "Groups" {
		return p.survey.Groups
	}
	return p.survey.Users
}

// anyList is the path of a list that every target returns.
func (p *probe) anyList(collection string) string {
	r := p.typeOf(collection)
	if r.Name == "" { // nothing was asked
		r.Name = collection[:len(collection)-1]
	}
	return r.AnyList()
}

// narrow ends the check if the target refuses a list because it has no filter.
func (p *probe) narrow(method, path string, a session.Response) {
	for _, r := range []survey.Resource{p.survey.Users, p.survey.Groups} {
		if r.Unlisted != "" && method == http.MethodGet && r.Listed(path) && a.Status == r.Refusal {
			p.finding.Lacks = "lists without a filter"
			p.skip("the target refuses lists without a filter: " + r.Unlisted)
		}
	}
}

// hasPages ends the check if the target shows the same page of a list whatever startIndex is. Whether a
// resource is on it would depend on how many others there are.
func (p *probe) hasPages(collection string) {
	if p.typeOf(collection).Stuck {
		p.finding.Lacks = "pages of lists"
		p.skip("a list of /" + collection + " begins with the same resource whatever startIndex is; see QRY-009")
	}
}
