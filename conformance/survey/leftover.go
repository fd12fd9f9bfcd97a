package survey

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// taken looks why a name that only this run uses conflicts. The names follow from the seed, so an earlier
// run with the same seed that was killed, or kept its objects, has left them. Verdicts beside them would
// be false.
func (q *questions) taken(ctx context.Context, r *Resource, refused session.Response, body map[string]any) *Stop {
	key := r.key()
	name, _ := body[key].(string)
	if refused.Status != http.StatusConflict || name == "" {
		return nil
	}
	a, _ := q.send(ctx, http.MethodGet, byKey(r.Name+"s", key, name), nil)
	there := slices.ContainsFunc(a.Page().Resources, func(found map[string]any) bool {
		text, _ := found[key].(string)
		return strings.EqualFold(text, name)
	})
	if !there {
		return nil
	}
	return &Stop{
		said(refused) + ": an earlier run with the same seed left its objects in the target",
		"remove them with scimdrill cleanup --run DIR, where DIR is the folder of that run, or pass another --seed",
	}
}
