package cycle

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// match looks for the object in the target and takes it for this source object. It returns
// no step where none was found; a failure is in the entry.
func (r *run) match(ctx context.Context, e *Entry) []provlog.Step {
	found := r.find(ctx, e)
	if found == nil {
		return nil
	}
	return r.adopt(ctx, e, *found)
}

// find sends one query per matching attribute in order of precedence until one hits (E-90 to
// E-97, W-13, W-14). It gives nil where none does; a failure is in the entry.
func (r *run) find(ctx context.Context, e *Entry) *scimclient.Resource {
	var ambiguous *scimclient.Failure
	for _, a := range e.Mapping.Matching() {
		value, ok := e.value(a)
		if !ok {
			continue // E-93
		}
		if strings.ContainsAny(value, r.Options.RefuseCharacters) {
			e.fail(scimclient.Failed(provlog.Fault{
				Code: provlog.CodeMatchingValue, Why: provlog.WhyCharacter,
				About: provlog.About{Attribute: a.Name, Value: value, Detail: r.Options.RefuseCharacters},
			}))
			return nil
		}
		found, failure := r.Client.Find(ctx, e.call, scimclient.Query{Collection: e.collection(), Attribute: a.Name, Value: value})
		e.requests++
		if failure != nil {
			e.fail(failure)
			return nil
		}
		if len(found) == 1 {
			return &found[0]
		}
		if len(found) > 1 && ambiguous == nil {
			ambiguous = scimclient.Failed(provlog.Fault{
				Code: provlog.CodeDuplicateTarget, Why: provlog.WhySeveralMatches,
				About: provlog.About{Attribute: a.Name, Value: value, Number: len(found)},
			})
			if !r.Options.PastAmbiguity {
				break // the first ambiguity ends the search
			}
		}
	}
	if ambiguous != nil {
		e.fail(ambiguous)
	}
	return nil
}

// look asks for an object that is out of scope and not linked before that is said: the other
// side of A-22. It makes no link.
func (r *run) look(ctx context.Context, e *Entry) []provlog.Step {
	var steps []provlog.Step
	if found := r.find(ctx, e); found != nil {
		steps = e.retrieved(*found)
	}
	if e.Failure == nil {
		steps = append(steps, e.skipOutOfScope(&r.Options))
	}
	return steps
}

// matchesBeforeScope puts the scoping step behind those about the match (A-22, E-287).
func matchesBeforeScope(steps []provlog.Step) []provlog.Step {
	scope, last := -1, -1
	for i, s := range steps {
		switch s.Type {
		case provlog.Scoping:
			scope = i
		case provlog.Matching:
			last = i
		case provlog.Import, provlog.Processing, provlog.ReferenceResolution, provlog.Export:
		}
	}
	if scope >= 0 && scope < last {
		step := steps[scope]
		return slices.Insert(slices.Delete(steps, scope, scope+1), last, step)
	}
	return steps
}

// adopt takes a found object for this source object, unless another source object has it (E-97);
// by option both have it.
func (r *run) adopt(ctx context.Context, e *Entry, found scimclient.Resource) []provlog.Step {
	owner, err := r.claims.claim(ctx, e.kind(), found.ID, e.Object.Num)
	if err != nil {
		e.fail(scimclient.Stopped(err))
		return nil
	}
	e.Shared = owner != e.Object.Num && r.Options.ShareTargets
	if owner != e.Object.Num && !e.Shared {
		e.fail(scimclient.Failed(provlog.Fault{Code: provlog.CodeDuplicateSource, Why: provlog.WhyLinked, About: provlog.About{TargetID: found.ID}}))
		return nil
	}
	e.Target, e.Action = found, provlog.Update
	e.NewLink = !e.Linked || e.Relinked || found.ID != e.Link.TargetID
	e.Relinked = e.Relinked || e.Linked && e.NewLink
	return e.retrieved(found)
}

// read gets the linked object (W-17). An object that is gone is InvalidAnchor (E-103, A-17).
func (r *run) read(ctx context.Context, e *Entry) []provlog.Step {
	found, failure := r.Client.Read(ctx, e.call, e.collection(), e.Link.TargetID)
	e.requests++
	if failure != nil {
		e.fail(failure)
		return nil
	}
	e.Target = found
	return e.retrieved(found)
}

// rematch gives up a link whose object is gone and looks for another one, or makes it.
// Nobody is created to be disabled.
func (r *run) rematch(ctx context.Context, e *Entry) []provlog.Step {
	e.unfail()
	e.Relinked = true
	if e.Decision == DecideUpdate {
		e.Decision, e.Action = DecideMatch, provlog.Create
		return r.matchOrCreate(ctx, e)
	}
	found := r.match(ctx, e)
	switch {
	case found != nil:
		e.Action = provlog.Disable
		return append(found, r.process(ctx, e, found...)...)
	case e.Failure == nil:
		return []provlog.Step{e.skipAction(provlog.ReasonNothingLinked)}
	}
	return nil
}

// renamed reports whether a linked object is to be looked for again because its matching
// values are not those that the target was given: the other side of A-29.
func (r *run) renamed(e *Entry) bool {
	return r.Options.MatchRenamed && e.Decision == DecideUpdate && e.Link.Names != "" && strings.Join(e.names(), "\n") != e.Link.Names
}

// retrieved notes that the object was found or read in the target.
func (e *Entry) retrieved(found scimclient.Resource) []provlog.Step {
	e.Found = true
	details := provlog.Details{}
	for _, key := range []string{"displayName", "externalId", "id", "userName"} {
		if s, ok := found.Values[key].(string); ok {
			details = append(details, provlog.Detail{Key: key, Value: s})
		}
	}
	return []provlog.Step{e.Named.Retrieved(cmp.Or(details.Get("userName"), details.Get("displayName"), found.ID), details)}
}

// claims says which source object a target object belongs to: by the links in state,
// and by what is in flight and not committed yet.
type claims struct {
	mu    sync.Mutex
	store *state.Store
	taken map[string]int64
}

func (c *claims) init(s *state.Store) {
	c.store, c.taken = s, map[string]int64{}
}

// claim returns the owner of a target object, which is num when nobody else has it.
func (c *claims) claim(ctx context.Context, kind, targetID string, num int64) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := kind + " " + targetID
	if owner, ok := c.taken[key]; ok {
		return owner, nil
	}
	owner, ok, err := c.store.Owner(context.WithoutCancel(ctx), kind, targetID) // what the target made is kept also when the run is being stopped
	if err != nil {
		return 0, err
	}
	if ok {
		return owner, nil
	}
	c.taken[key] = num
	return num, nil
}

// take notes who made a target object. Whether its id belongs to somebody else already
// shows when the link is committed.
func (c *claims) take(kind, targetID string, num int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if key := kind + " " + targetID; c.taken[key] == 0 {
		c.taken[key] = num
	}
}

// unclaim gives up what an entry claimed; a shared target object was claimed by another one.
func (r *run) unclaim(e *Entry) {
	if !e.Shared {
		r.claims.release(e.kind(), e.Target.ID)
	}
}

// release forgets a claim once state holds the link.
func (c *claims) release(kind, targetID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.taken, kind+" "+targetID)
}
