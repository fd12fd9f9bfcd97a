package endstate

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Options are how a comparison is made.
type Options struct {
	// Matching lists by collection, "Users" and "Groups", the target paths that identify objects.
	Matching map[string][]string
	// Marks lists in the same way the paths of Expected.Mark.
	Marks map[string][]string
	// ByID looks at each expected object alone, and lists nothing.
	ByID bool
	// SpotChecks reads some objects by their ids although the list shows them right: a list and a read
	// may come from different places.
	SpotChecks bool
	// Sample compares so many objects, spread evenly; 0 compares all. It implies ByID.
	Sample int
	// Owner finds whose object in the target is, by its id. Without it, every member that is not
	// expected is an extra one.
	Owner func(ctx context.Context, targetID string) (Ref, bool, error)
	// Deleted finds who had an id in the target before the client deleted the object; it may be nil.
	Deleted func(ctx context.Context, targetID string) (Ref, bool, error)
	// Name completes the name of a reference for a report; it may be nil.
	Name func(ctx context.Context, r Ref) Ref
	// Announces reports whether the target announces an attribute in /Schemas. Values that it
	// neither announces nor keeps are not reported. It may be nil.
	Announces func(ctx context.Context, path string) bool
	// Spool keeps the listed resources; nil keeps them in memory.
	Spool Spool
	// Each receives every difference; it may be nil.
	Each func(Difference) error
	// Progress receives the number of compared objects; it may be nil.
	Progress func(done int)
}

// comparison is one comparison under way.
type comparison struct {
	Options
	reader   *counting
	store    *store
	lists    map[string]*listing
	trust    trust
	found    findings
	kept     map[string]*kept
	derived  derived
	searches map[string]bool // whether searches by an attribute can be believed
	unlisted []Expected      // that are nowhere, until it is known whether the lists are whole
	strange  strangers
	spots    map[string]*spots
	twins    map[string]int // searches for second resources, by type and attribute
	failures int            // reads in a row that failed
	result   Result
}

// maxFailures is how many reads in a row may fail.
const maxFailures = 5

// errUnreadable ends a comparison of a target that cannot be read any more.
var errUnreadable = errors.New("the target cannot be read")

// Compare compares a target with what is expected. The error is one of expected, of the spool or
// of the context; a target that cannot be read is a part of the Result.
func Compare(ctx context.Context, expected iter.Seq2[Expected, error], r Reader, o Options) (Result, error) {
	c := &comparison{
		Options: o, reader: &counting{Reader: r}, lists: map[string]*listing{}, trust: newTrust(),
		found: findings{each: o.Each, byKey: map[string]*Finding{}}, kept: map[string]*kept{}, searches: map[string]bool{}, spots: map[string]*spots{}, twins: map[string]int{},
	}
	err := c.run(ctx, expected)
	if errors.Is(err, errUnreadable) {
		err = nil
	}
	c.result.Requests, c.result.Findings = c.reader.requests, c.found.sorted()
	if c.result.Impossible == "" && c.result.Users+c.result.Groups == 0 && c.result.Unverified > 0 {
		c.result.Impossible = c.result.Why[0]
	}
	return c.result, errors.Join(err, c.found.err)
}

func (c *comparison) run(ctx context.Context, expected iter.Seq2[Expected, error]) (err error) {
	if c.store, err = newStore(c.Spool, c.Matching, c.Marks); err != nil {
		return err
	}
	if c.Sample > 0 {
		c.ByID, expected = true, sample(expected, c.Sample)
	}
	if !c.ByID {
		if err := c.listAll(ctx); err != nil {
			return err
		}
	}
	n := 0
	for e, err := range expected {
		if err != nil {
			return err
		}
		if err := c.judge(ctx, &e); err != nil {
			return err
		}
		if n++; c.Progress != nil {
			c.Progress(n)
		}
	}
	if err := c.nowhere(ctx); err != nil {
		return err
	}
	c.notKept(ctx)
	c.derivedNames()
	c.strangersNoted()
	return nil
}

// listAll lists both collections. One that cannot be listed is read by ids.
func (c *comparison) listAll(ctx context.Context) error {
	for _, kind := range []string{User, Group} {
		name := collection(kind)
		if len(c.Matching[name]) == 0 {
			continue
		}
		l, err := c.list(ctx, name)
		if err != nil {
			return err
		}
		if l.refused != "" {
			c.note("%s cannot be listed, so each was read by itself: %s", name, l.refused)
		}
	}
	return nil
}

// judge compares one object.
func (c *comparison) judge(ctx context.Context, e *Expected) error {
	r, where, err := c.find(ctx, e)
	if err != nil {
		return err
	}
	switch {
	case where == unknown:
		return nil
	case e.Presence == Gone:
		c.count(e)
		if where == nowhere {
			return c.returned(ctx, e)
		}
		c.found.add(Difference{Kind: ShouldBeGone, Object: e.Ref})
		return nil
	case where == nowhere && e.Presence == Disabled:
		c.count(e)
		return nil // nobody can sign in any more
	case where == nowhere && e.Target == "":
		c.unlisted = append(c.unlisted, Expected{Ref: e.Ref, Matching: e.Matching, Known: e.Known})
		return nil
	case where == nowhere:
		c.count(e)
		c.missing(e)
		return nil
	}
	c.count(e)
	return c.there(ctx, e, r, where == listed)
}

// count counts a compared object.
func (c *comparison) count(e *Expected) {
	if e.Type == Group {
		c.result.Groups++
	} else {
		c.result.Users++
	}
}

// missing reports an object that is not in the target.
func (c *comparison) missing(e *Expected) {
	c.found.add(Difference{Kind: e.Known.kind(Missing), Object: e.Ref, Why: e.Known.Why})
}

// kind is the kind of a difference, with what the client knows of it.
func (k Known) kind(or Kind) Kind {
	switch {
	case k.NeverTried:
		return NeverTried
	case k.GivenUp && or == Missing:
		return GivenUp
	}
	return or
}

// unverified notes an object that cannot be compared.
func (c *comparison) unverified(why string) {
	c.result.Unverified++
	if len(c.result.Why) < examples && !slices.Contains(c.result.Why, why) {
		c.result.Why = append(c.result.Why, why)
	}
}

// unread notes a request without a usable response; after several in a row, the comparison ends.
func (c *comparison) unread(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err() //nolint:wrapcheck // the caller's own
	}
	why := fmt.Sprintf("%s: %v", what, err)
	c.unverified(why)
	if c.failures++; c.failures >= maxFailures {
		c.result.Impossible = fmt.Sprintf("%d requests in a row failed; the last one was to %s", maxFailures, why)
		return errUnreadable
	}
	return nil
}

// read reads a resource by its id; ok is false if it is not there or could not be read, and known
// is false in the second case.
func (c *comparison) read(ctx context.Context, kind, id string) (r scimclient.Resource, ok, known bool, err error) {
	r, err = c.reader.Read(ctx, collection(kind), id)
	switch {
	case err == nil:
		c.failures = 0
		return r, true, true, nil
	case errors.Is(err, ErrGone):
		c.failures = 0
		return r, false, true, nil
	}
	return r, false, false, c.unread(ctx, "read a "+kindName(kind), err)
}
