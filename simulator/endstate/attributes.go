package endstate

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// there compares an object that was found. What a list shows otherwise is read once more, because
// a list may show less than the resource.
func (c *comparison) there(ctx context.Context, e *Expected, r scimclient.Resource, fromList bool) error {
	found, claims := c.differences(e, r)
	doubt := slices.ContainsFunc(claims, func(claim string) bool { return !c.trust.believes(claim) })
	spot := !doubt && fromList && e.Presence == Present && c.spot(e.Type)
	if fromList && (doubt || spot) {
		confirmed, ok, known, err := c.read(ctx, e.Type, r.ID)
		if err != nil {
			return err
		}
		if !known {
			return nil
		}
		if !ok {
			if spot {
				c.spots[e.Type].saw(true)
			}
			c.note("the list of %s shows somebody who cannot be read by the id", collection(e.Type))
			c.missing(e)
			return nil
		}
		again, left := c.differences(e, confirmed)
		for _, claim := range claims {
			c.trust.saw(claim, slices.Contains(left, claim))
		}
		if spot {
			c.spots[e.Type].saw(len(again) > 0 || e.Type == Group && !e.AnyMembers && !e.compareMembers(confirmed).none() && e.compareMembers(r).none())
		}
		r, found = confirmed, again
	}
	if e.Type == User && e.Presence == Present {
		c.namesItself(r)
	}
	for _, d := range found {
		if !c.derives(e, d, r) {
			c.found.add(d)
		}
	}
	if e.Presence == Present {
		c.keeps(e, r)
		if err := c.leftBehind(ctx, e, r); err != nil {
			return err
		}
		if err := c.secondAccount(ctx, e, r); err != nil {
			return err
		}
	}
	return c.members(ctx, e, r)
}

// differences compares values, active and the manager, and names the claims that follow.
func (c *comparison) differences(e *Expected, r scimclient.Resource) (found []Difference, claims []string) {
	add := func(d Difference) {
		d.Object = e.Ref
		found = append(found, d)
		claims = append(claims, string(d.Kind)+" "+e.Type+" "+d.Path)
	}
	if e.Presence == Present {
		for _, a := range e.Attributes {
			if d, differs := a.compare(r); differs {
				if d.Why = e.Known.Why; e.Known.NeverTried {
					d.Kind = NeverTried
				}
				add(d)
			}
		}
	}
	if d, differs := e.activity(r); differs {
		add(d)
	}
	if e.Manager != nil && e.Presence == Present {
		if d, differs := e.Manager.manager(r); differs {
			add(d)
		}
	}
	if got := referenceID(value(e.NoManager, r)); e.NoManager != "" && e.Presence == Present && got != "" {
		add(Difference{Kind: ManagerExtra, Path: e.NoManager, Got: got})
	}
	for _, path := range e.absent(r) { // of a list alone
		claims = append(claims, "absent "+e.Type+" "+path)
	}
	return found, claims
}

// activity compares active.
func (e *Expected) activity(r scimclient.Resource) (Difference, bool) {
	if e.Active == nil {
		return Difference{}, false
	}
	got, known := truth(value("active", r))
	switch {
	case !*e.Active && (got || !known):
		return Difference{Kind: ShouldBeDisabled, Why: e.Known.Why}, true
	case *e.Active && known && !got:
		return Difference{Kind: NotAsMapped, Path: "active", Want: "true", Got: strconv.FormatBool(got)}, true
	}
	return Difference{}, false
}

// compare compares the values of an attribute. An attribute without any value is left to notKept.
func (a Attribute) compare(r scimclient.Resource) (Difference, bool) {
	got := value(a.Path, r)
	if isEmpty(got) {
		return Difference{}, false
	}
	worst := alike
	for _, want := range a.Want {
		worst = min(worst, a.like(want, got))
	}
	if worst == alike {
		left, twice := a.leftover(r)
		switch {
		case twice:
			got, worst = text(left)+", "+text(left), otherForm
		case left != nil:
			got, worst = left, unlike
		default:
			return Difference{}, false
		}
	}
	d := Difference{Kind: NotAsMapped, Path: a.Path, Want: strings.Join(a.Want, ", "), Got: text(got)}
	if worst == otherForm {
		d.Kind = OtherForm
	}
	if a.Concealed {
		d.Want, d.Got = concealed, concealed
	}
	return d, true
}

// concealed stands for values that no report may show.
const concealed = "[REDACTED]"

// like finds the most similar of the values.
func (a Attribute) like(want string, got any) likeness {
	best := compare(a.Path, want, got, a.CaseExact)
	if list, ok := got.([]any); ok && a.Many {
		for _, v := range list {
			best = max(best, compare(a.Path, want, v, a.CaseExact))
		}
	}
	return best
}

// manager compares the manager; a target without one is left to notKept.
func (m *Reference) manager(r scimclient.Resource) (Difference, bool) {
	got := referenceID(value(m.Path, r))
	if got == "" || got == m.Target || m.Optional {
		return Difference{}, false
	}
	return Difference{Kind: m.Known.kind(ManagerWrong), Other: &m.Ref, Got: got, Want: m.Target, Why: m.Known.Why}, true
}

// value reads a target path from a resource. A path below the enterprise extension is also
// understood where a target shows it as one long name.
func value(name string, r scimclient.Resource) any {
	path, err := scim.ParseTargetPath(name)
	if err != nil {
		return nil
	}
	if v, ok := path.Get(r.Values); ok {
		return v
	}
	if path.URN == "" {
		return nil
	}
	for key, v := range r.Values {
		if strings.EqualFold(key, name) {
			return v
		}
	}
	return nil
}
