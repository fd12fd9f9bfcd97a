package runs

import (
	"context"
	"errors"
	"net/http"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// sweeper removes journalled objects from a target.
type sweeper struct {
	client  *scimclient.Client
	removed int
}

// remove removes what one entry made. Nothing to remove is no error.
func (s *sweeper) remove(ctx context.Context, e journal.Entry) error {
	if e.ID != "" {
		done, err := s.byID(ctx, e)
		if done || err != nil {
			return err
		}
	}
	return s.byValue(ctx, e)
}

func call() scimclient.Call { return scimclient.Call{Label: "cleanup"} }

// byID removes the object under the id that the target gave, unless it has become
// somebody else's: an id that is given out again is no proof.
func (s *sweeper) byID(ctx context.Context, e journal.Entry) (done bool, err error) {
	r, failure := s.client.Read(ctx, call(), e.Collection, e.ID)
	switch {
	case failure != nil && failure.Status == http.StatusNotFound:
		return false, nil
	case failure != nil:
		return false, failure
	}
	switch same, known := ours(r.Values, e.Object); {
	case known && !same:
		return false, errors.New("this id now belongs to a different object, which was kept")
	default:
		return true, s.delete(ctx, e.Collection, e.ID)
	}
}

// byValue finds the object by the exact value it was made with. Targets that do not
// obey filters answer with everything, so each hit is compared again.
func (s *sweeper) byValue(ctx context.Context, e journal.Entry) error {
	ways := [][2]string{{e.Attribute, e.Value}, {e.AltAttribute, e.AltValue}}
	for _, way := range ways {
		if way[0] == "" || way[1] == "" {
			continue
		}
		found, failure := s.client.Find(ctx, call(), scimclient.Query{Collection: e.Collection, Attribute: way[0], Value: way[1]})
		if failure != nil && (failure.Stop != nil || failure.Status == 0 || way == ways[len(ways)-1]) {
			return failure
		}
		for _, r := range found {
			if !has(r.Values, way[0], way[1]) {
				continue
			}
			if err := s.delete(ctx, e.Collection, r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sweeper) delete(ctx context.Context, collection, id string) error {
	if failure := s.client.Delete(ctx, call(), collection, id); failure != nil {
		return failure
	}
	s.removed++
	return nil
}

// ours reports whether a resource carries one of the values an object was made with;
// known is false when it shows neither attribute.
func ours(values map[string]any, o journal.Object) (same, known bool) {
	for _, way := range [][2]string{{o.Attribute, o.Value}, {o.AltAttribute, o.AltValue}} {
		if way[0] == "" || way[1] == "" {
			continue
		}
		if _, ok := attribute(values, way[0]); ok {
			known = true
			same = same || has(values, way[0], way[1])
		}
	}
	return same, known
}

func has(values map[string]any, name, value string) bool {
	v, ok := attribute(values, name)
	text, isText := v.(string)
	return ok && isText && text == value
}

func attribute(values map[string]any, name string) (any, bool) {
	path, err := scim.ParseTargetPath(name)
	if err != nil {
		return nil, false
	}
	return path.Get(values)
}
