package runs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// sweeper removes journalled objects from a target. It removes an object only if everything
// says that the run made it (S10): rather one object too few than one of somebody else.
type sweeper struct{ client *scimclient.Client }

var (
	errOther    = errors.New("this id now belongs to a different object, which was kept")
	errUnproven = errors.New("the response shows no journalled value, so nothing proves that the run created this object, which was kept")
)

// collection is the form of a collection; anything else would lead to another address.
var collection = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

// remove removes what one entry made, and reports whether there was anything.
func (s *sweeper) remove(ctx context.Context, e journal.Entry) (removed bool, err error) {
	switch {
	case !collection.MatchString(e.Collection):
		return false, fmt.Errorf("%q is not the name of a collection; the journal was edited", e.Collection)
	case e.ID == "." || e.ID == "..":
		return false, fmt.Errorf("%q is not an id; the journal was edited", e.ID)
	case e.ID == "":
		return s.byValue(ctx, e)
	}
	return s.byID(ctx, e)
}

func call() scimclient.Call { return scimclient.Call{Label: "cleanup"} }

// byID removes the object under the id that the target gave, unless it has become
// somebody else's: an id that is given out again is no proof.
func (s *sweeper) byID(ctx context.Context, e journal.Entry) (removed bool, err error) {
	r, failure := s.client.Read(ctx, call(), e.Collection, e.ID)
	switch {
	case failure != nil && failure.Status == http.StatusNotFound:
		return false, s.replaced(ctx, e)
	case failure != nil:
		return false, failure
	}
	switch same, shown := identified(r.Values, e.Object); {
	case !shown:
		return false, errUnproven
	case !same:
		return false, errOther
	}
	return true, s.delete(ctx, e.Collection, r.ID)
}

// replaced looks for an object with all values of one whose id is not found. It may be that
// object, if the target gave a wrong id, or one that somebody else made since. It is kept.
func (s *sweeper) replaced(ctx context.Context, e journal.Entry) error {
	hits, err := s.find(ctx, e)
	if err != nil || len(hits) == 0 {
		return err
	}
	return fmt.Errorf("the id is not found, but %s %s has the same values; it was kept, because another id is not proof", e.Collection, hits[0].ID)
}

// byValue removes the object of a request without a response: the one object that has all
// values it was to be made with.
func (s *sweeper) byValue(ctx context.Context, e journal.Entry) (removed bool, err error) {
	hits, err := s.find(ctx, e)
	switch {
	case err != nil || len(hits) == 0:
		return false, err
	case len(hits) > 1:
		return false, fmt.Errorf("%d objects have these values; all were kept", len(hits))
	}
	return true, s.delete(ctx, e.Collection, hits[0].ID)
}

// find returns the objects that have the values of an entry. An object that has only some of
// them, or shows none, is an error: it may be the one, or not. Targets that do not obey
// filters answer with everything, so each hit is compared again.
func (s *sweeper) find(ctx context.Context, e journal.Entry) (hits []scimclient.Resource, err error) {
	ways := waysTo(e.Object)
	var doubt error
	for i, w := range ways {
		found, failure := s.client.Find(ctx, call(), scimclient.Query{Collection: e.Collection, Attribute: w.attribute, Value: w.value})
		if failure != nil && (failure.Stop != nil || failure.Status == 0 || i == len(ways)-1) {
			return nil, failure
		}
		for _, r := range found {
			same, shown := identified(r.Values, e.Object)
			partly := slices.ContainsFunc(ways, func(w way) bool { return w.in(r.Values) == differs })
			switch {
			case !shown:
				doubt = errUnproven
			case same && partly:
				doubt = fmt.Errorf("%s %s has only some of the journalled values, so it was kept", e.Collection, r.ID)
			case same && !slices.ContainsFunc(hits, func(hit scimclient.Resource) bool { return hit.ID == r.ID }):
				hits = append(hits, r)
			}
		}
	}
	if len(hits) == 0 {
		return nil, doubt
	}
	return hits, nil
}

func (s *sweeper) delete(ctx context.Context, collection, id string) error {
	if failure := s.client.Delete(ctx, call(), collection, id); failure != nil {
		return failure
	}
	return nil
}

// way is a value by which an object is recognized.
type way struct{ attribute, value string }

// waysTo lists the values of an object, externalId first: a name can be given out again, and
// can be changed.
func waysTo(o journal.Object) []way {
	list := slices.DeleteFunc([]way{{o.Attribute, o.Value}, {o.AltAttribute, o.AltValue}}, func(w way) bool { return w.attribute == "" || w.value == "" })
	if len(list) == 2 && list[1].exact() {
		slices.Reverse(list)
	}
	return list
}

// exact reports whether the case of letters counts: in the externalId, but not in a name
// (RFC 7643 sections 3.1 and 4.1.1).
func (w way) exact() bool { return strings.EqualFold(w.attribute, "externalId") }

// identified reports whether a resource under the id of an object is that object: whether it
// has the first value of those that it shows.
func identified(values map[string]any, o journal.Object) (same, shown bool) {
	for _, w := range waysTo(o) {
		if has := w.in(values); has != missing {
			return has == equal, true
		}
	}
	return false, false
}

// comparison is what a resource shows of a value.
type comparison int

const (
	missing comparison = iota
	equal
	differs
)

func (w way) in(values map[string]any) comparison {
	path, err := scim.ParseTargetPath(w.attribute)
	if err != nil {
		return missing
	}
	v, ok := path.Get(values)
	text, isText := v.(string)
	switch {
	case !ok:
		return missing
	case isText && (text == w.value || !w.exact() && strings.EqualFold(text, w.value)):
		return equal
	}
	return differs
}
