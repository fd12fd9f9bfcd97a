package play

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/endstate"
)

// explanation names the checks and the defects that look like a kind of difference. They are
// what to run and to read next, not a verdict.
type explanation struct {
	kind   endstate.Kind
	object string // "" explains both
	path   string // first letters of the attribute in lower case, "" explains all
	after  string // what was done before, "" explains all
	checks []string
	known  []string
}

// explanations are in order: the first that fits counts.
func explanations() []explanation {
	return []explanation{
		{kind: endstate.MemberMissing, after: endstate.AfterRemoval, checks: []string{"MEM-005", "MEM-006"}, known: []string{"MRM-01", "MRM-22", "D-28"}},
		{kind: endstate.MemberMissing, checks: []string{"MEM-002", "MEM-003", "MEM-033"}, known: []string{"D-27", "LRG-01", "CON-01"}},
		{kind: endstate.MemberLeft, checks: []string{"MEM-011"}, known: []string{"DEL-11"}},
		{kind: endstate.MemberExtra, checks: []string{"MEM-005", "MEM-006"}, known: []string{"D-30", "MRM-20"}},
		{kind: endstate.MemberTwice, checks: []string{"MEM-004"}},
		{kind: endstate.ManagerWrong, checks: []string{"ATT-008", "ATT-028"}, known: []string{"MAN-03", "MAN-07", "MAN-09"}},
		{kind: endstate.NotKept, path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:manager", checks: []string{"ATT-008", "ATT-028"}, known: []string{"MAN-03", "MAN-07", "MAN-09"}},
		{kind: endstate.NotKept, path: "urn:", checks: []string{"USR-005"}, known: []string{"PAT-06"}},
		{kind: endstate.NotKept, path: "externalid", checks: []string{"USR-011"}, known: []string{"CRE-05"}},
		{kind: endstate.NotKept, checks: []string{"USR-001", "USR-015"}},
		{kind: endstate.ShouldBeDisabled, checks: []string{"ATT-002"}, known: []string{"BOO-02", "PAT-11"}},
		{kind: endstate.ShouldBeGone, object: endstate.Group, checks: []string{"MEM-026"}, known: []string{"DEL-09"}},
		{kind: endstate.ShouldBeGone, checks: []string{"USR-007", "USR-016"}, known: []string{"D-73", "D-53"}},
		{kind: endstate.ManagerExtra, checks: []string{"ATT-028", "ATT-029"}, known: []string{"MAN-04"}},
		{kind: endstate.LeftBehind, object: endstate.Group, checks: []string{"MEM-008"}},
		{kind: endstate.LeftBehind, checks: []string{"USR-009", "USR-029"}},
		{kind: endstate.Doubled, object: endstate.Group, checks: []string{"MEM-012"}},
		{kind: endstate.Doubled, checks: []string{"USR-002", "USR-003"}, known: []string{"CRE-02", "SEC-11"}},
		{kind: endstate.Missing, object: endstate.Group, checks: []string{"MEM-001"}},
		{kind: endstate.Missing, checks: []string{"USR-001", "USR-010"}, known: []string{"DEL-02"}},
		{kind: endstate.NotAsMapped, path: "active", checks: []string{"ATT-003"}, known: []string{"PAT-13", "CRE-08"}},
		{kind: endstate.NotAsMapped, path: "username", checks: []string{"USR-009", "USR-029"}},
		{kind: endstate.NotAsMapped, path: "externalid", checks: []string{"USR-011"}, known: []string{"CRE-05"}},
		{kind: endstate.NotAsMapped, path: "urn:", checks: []string{"USR-005"}, known: []string{"PAT-06"}},
		{kind: endstate.NotAsMapped, object: endstate.Group, checks: []string{"MEM-008", "MEM-015"}},
		{kind: endstate.NotAsMapped, checks: []string{"USR-001"}, known: []string{"PAT-11", "SEC-09", "SEC-16"}},
		{kind: endstate.OtherForm, checks: []string{"USR-019"}},
	}
}

// explained names checks and defects for a finding.
func explained(f endstate.Finding) (checks, known []string) {
	after := ""
	if len(f.Examples) > 0 {
		after = f.Examples[0].After
	}
	for _, x := range explanations() {
		if x.kind == f.Kind && (x.object == "" || x.object == f.Type) && (x.after == "" || x.after == after) && strings.HasPrefix(strings.ToLower(f.Path), x.path) {
			return x.checks, x.known
		}
	}
	return nil, nil
}
