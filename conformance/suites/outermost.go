package suites

import (
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/fact"
)

// outermost returns the fact of an earlier response of the check that explains its failure: a
// server error, or an error that is returned as a success. Whatever comes after it says
// nothing about what the check asks.
func (p *probe) outermost(f fact.Fact) fact.Fact {
	if f.Layer == fact.Transport || f.Status >= http.StatusInternalServerError {
		return f
	}
	for _, x := range p.Exchanges {
		a := p.Past(x)
		g := fact.Fact{Status: a.Status, Words: fact.WordsOf(a.Detail()), Expected: f.Expected, Actual: f.Actual}
		g.Method, g.Route = a.Kind()
		switch {
		case a.Disguised():
			g.Layer, g.Kind, g.Attribute = fact.Envelope, fact.OtherForm, "status"
			g.Actual = a.Request + " returned the error " + a.Text("status") + " with status 200"
			return g
		case a.Status == http.StatusInternalServerError:
			g.Layer = fact.Status
			return g
		}
	}
	return f
}
