package suites

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// Access looks whether a person gets in, beyond SCIM: with a session, a sign-in or a key.
type Access struct {
	// Ask reports whether the person gets in, and what was seen. An error says nothing about it.
	Ask func(ctx context.Context, id, userName string) (in bool, seen string, err error)
	// Within is how long access may live on.
	Within time.Duration
	// Now is the clock by which that is measured.
	Now func() time.Time
}

// leavers are the checks of what a leaver can still do. They run if the caller says how to look.
func leavers() []Spec {
	words := func(id catalog.ID, title, fix string, needs ...string) catalog.Check {
		return catalog.Check{
			ID: id, Suite: "leavers", About: catalog.Attributes, Level: catalog.Entra, Rule: "R-183", Cause: "leaver-access", Profile: catalog.Leavers,
			Basis: catalog.Basis{
				Kind: catalog.Microsoft, Ref: "How application provisioning works, deprovisioning",
				URL: "https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works",
			},
			Needs: needs, Alone: true, Title: title, Fix: fix,
			Why: "Entra disables and deletes people who leave. A session or a key that lives on keeps them inside.",
		}
	}
	return []Spec{
		check(words("LVR-001", "ends the access of a user who is disabled", "End sessions and keys of a user when active becomes false.", catalog.Patch),
			func(ctx context.Context, p *probe) {
				p.has("active")
				p.leaves(ctx, "active: false", func(u *thing) {
					a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), "active", false)))
					p.because("no-patch", a, match.Success())
				})
			}),
		check(words("LVR-002", "ends the access of a user who is deleted", "End sessions and keys of a user when it is deleted."),
			func(ctx context.Context, p *probe) {
				p.leaves(ctx, "DELETE", func(u *thing) {
					a := p.do(ctx, http.MethodDelete, u.path(), nil)
					p.because("delete", a, match.Status(http.StatusOK, http.StatusAccepted, http.StatusNoContent))
				})
			}),
	}
}

// denials is how often in a row access must be denied before it counts as ended: one server of
// several may know of the end before the others.
const denials = 3

// leaves looks whether access ends after an event, and how long it lives on.
func (p *probe) leaves(ctx context.Context, event string, leave func(*thing)) {
	if p.access == nil {
		p.finding.Lacks = "a way to look whether somebody gets in"
		p.skip("no probe was given; pass --leaver-probe")
	}
	u := p.aUser(ctx, "leaver", nil)
	step := min(max(p.access.Within/60, 50*time.Millisecond), time.Second)
	p.enters(ctx, u, step)
	leave(u)
	began, last, denied := p.access.Now(), time.Time{}, 0
	for denied < denials {
		in, _ := p.gets(ctx, u)
		now := p.access.Now()
		switch {
		case in:
			denied = 0
		case denied == 0:
			last = now
			fallthrough
		default:
			denied++
		}
		if denied == 0 && now.Sub(began) > 2*p.access.Within {
			p.expect(false, match.That("access ends within "+p.access.Within.String(), fmt.Sprintf("access still works %s after %s", rounded(now.Sub(began)), event)))
		}
		if denied < denials {
			p.passes(ctx, step)
		}
	}
	lasted := last.Sub(began)
	said := fmt.Sprintf("access lived on for %s after %s", rounded(lasted), event)
	p.expect(lasted <= p.access.Within, match.That("access ends within "+p.access.Within.String(), said))
	p.finding.Said = said
}

// enters asserts that somebody gets in before the end: otherwise a denial proves nothing.
func (p *probe) enters(ctx context.Context, u *thing, step time.Duration) {
	for began := p.access.Now(); ; p.passes(ctx, step) {
		in, seen := p.gets(ctx, u)
		if in {
			return
		}
		if p.access.Now().Sub(began) > p.access.Within {
			p.finding.Ending, p.finding.Why = Errored, "the leaver probe does not let a new user in who is active, so it proves nothing: "+seen
			panic(ended{})
		}
	}
}

func (p *probe) gets(ctx context.Context, u *thing) (in bool, seen string) {
	name, _ := u.sent["userName"].(string)
	in, seen, err := p.access.Ask(ctx, u.id, name)
	if err != nil {
		p.finding.Ending, p.finding.Why = Errored, "the leaver probe failed: "+err.Error()
		panic(ended{})
	}
	return in, seen
}

func (p *probe) passes(ctx context.Context, d time.Duration) {
	if err := p.Pause(ctx, d); err != nil {
		p.stop(err)
	}
}

// rounded is a duration as people say it.
func rounded(d time.Duration) string { return d.Round(100 * time.Millisecond).String() }
