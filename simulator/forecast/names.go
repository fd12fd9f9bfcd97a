package forecast

import (
	"context"
	"errors"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// names finds the source objects of target ids by the links of a job.
type names struct {
	ctx    context.Context        //nolint:containedctx // that of the run whose entries are named
	logged map[string]plan.Object // by target id; the links may be gone by now
	wanted func(*provlog.Summary) bool
	err    error
}

// newNames keeps names of the entries that are wanted.
func newNames(ctx context.Context, wanted func(*provlog.Summary) bool) *names {
	return &names{ctx: context.WithoutCancel(ctx), logged: map[string]plan.Object{}, wanted: wanted}
}

// learn takes the name from an entry: its link may be gone from now on, and the object may
// still be somebody's manager or member.
func (n *names) learn(l *cycle.Logged) {
	if s := l.Summary; s.TargetIdentity.ID != "" && n.wanted(s) {
		n.logged[s.TargetIdentity.ID] = plan.Object{Type: s.SourceIdentity.IdentityType, ID: s.SourceIdentity.ID, Name: s.SourceIdentity.DisplayName}
	}
}

// resolve is the question as plan.Words asks it.
func (n *names) resolve(l *cycle.Logged, kind, targetID string) (plan.Object, bool) {
	if o, ok := n.logged[targetID]; ok && (kind == "" || kind == o.Type) {
		return o, true
	}
	for _, k := range []string{"User", "Group"} {
		if kind != "" && kind != k {
			continue
		}
		o, err := l.Owner(n.ctx, k, targetID)
		n.err = errors.Join(n.err, err)
		if o != nil {
			return plan.Object{Type: k, ID: o.ID, Name: objectName(o)}, true
		}
	}
	return plan.Object{}, false
}

// objectName is what people know an object by.
func objectName(o *directory.Object) string {
	name, _ := o.Properties["displayName"].(string)
	upn, _ := o.Attribute("userPrincipalName").(string)
	switch {
	case o.Kind == directory.Group || upn == "":
		return name
	case name == "":
		return upn
	}
	return name + " <" + upn + ">"
}

// matchingNames are the matching attributes of each type, in their order.
func matchingNames(m cycle.Mappings) map[string][]string {
	out := map[string][]string{}
	for _, a := range m.Users.Matching() {
		out["User"] = append(out["User"], a.Name)
	}
	if m.Groups != nil {
		for _, a := range m.Groups.Matching() {
			out["Group"] = append(out["Group"], a.Name)
		}
	}
	return out
}
