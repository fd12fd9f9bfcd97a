package worlds_test

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// verifying lets the runs from now on compare the target with the directory at their end.
func (l *life) verifying() {
	l.cfg.Verify = &engine.Verification{
		Reader: endstate.Snapshot(l.target.Snapshot),
		Each: func(d endstate.Difference) error {
			l.differences = append(l.differences, d)
			return nil
		},
	}
}

// agreed asks that the comparison of the end state finds no difference where the model has none.
func (c *converging) agreed() {
	if c.endState == nil || c.endState.Impossible != "" {
		c.problem("end state", "the target was not compared: %+v", c.endState)
	}
	for _, d := range c.differences {
		t := c.m.things[d.Object.ID]
		switch {
		case !d.Kind.Fails():
		case t == nil, c.m.disputed(t), c.m.dropped(t), c.orphaned(t), c.refusedTogether(t):
		case d.Kind == endstate.MemberMissing || d.Kind == endstate.MemberExtra:
			c.memberAgreed(t, d)
		case d.Kind == endstate.ShouldBeGone && c.stale: // a read of the past said that it is gone: its link was dropped, and no DELETE sent
		case (d.Kind == endstate.Doubled || d.Kind == endstate.LeftBehind) && (c.lostLinks || slices.ContainsFunc(d.IDs, func(id string) bool { return c.lost[id] })):
			// The response to the create was lost, or the links were cleared (E-269), and then the name
			// changed: matching does not find the first account. The difference is true.
		case d.Kind == endstate.ManagerWrong && c.orphaned(c.m.things[d.Other.ID]):
		default:
			c.problem("end state", "%s %s %s: %q and not %q %s", d.Kind, t.id, d.Path, d.Got, d.Want, d.Why)
		}
	}
}

// memberAgreed leaves out the memberships about which the model says nothing either.
func (c *converging) memberAgreed(g *thing, d endstate.Difference) {
	other := c.m.things[d.Other.ID]
	switch {
	case c.forgotten, c.lostLinks && d.Kind == endstate.MemberExtra, other == nil, c.m.disputed(other), c.orphaned(other):
	case c.w.Dialect == "optscim" && c.w.Set["memberAdd"] == "replace": // W-84
	default:
		c.problem("end state", "%s %s in %s %s", d.Kind, d.Other.ID, g.id, d.Why)
	}
}
