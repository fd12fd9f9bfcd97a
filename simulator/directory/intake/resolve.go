package intake

import (
	"maps"
	"slices"
	"strings"
)

// resolve joins members and groups, and leaves out what names an object that is not in the files.
func (r *reader) resolve() {
	t := r.tenant
	names := map[string]*object{}
	for _, o := range t.objects {
		if o.kind == group {
			names[strings.ToLower(str(o.properties["displayName"]))] = o
		}
	}
	for _, p := range r.pending {
		o := t.byID[p.owner]
		if o == nil {
			o = names[strings.ToLower(p.owner)]
		}
		if o == nil || o.kind != group {
			r.left["members of the unknown group "+strings.TrimSpace(p.owner)]++
			continue
		}
		o.members = append(o.members, p.members...)
	}
	for _, o := range t.objects {
		slices.Sort(o.members)
		o.members = slices.Compact(o.members)
		o.members = slices.DeleteFunc(o.members, func(id string) bool {
			unknown := t.byID[id] == nil
			if unknown {
				r.left["members that are not in the files, such as devices"]++
			}
			return unknown
		})
		if o.manager != "" && t.byID[o.manager] == nil {
			if id := r.account(o.manager); id != "" {
				o.manager = id
				continue
			}
			r.left["managers that are not in the files"]++
			o.manager = ""
		}
	}
	r.assigned()
	for _, what := range slices.Sorted(maps.Keys(r.left)) {
		r.note("left out: %d %s", r.left[what], what)
	}
}

// account finds a user by userPrincipalName, as tables name managers.
func (r *reader) account(name string) string {
	for _, o := range r.tenant.objects {
		if o.kind == user && strings.EqualFold(str(o.properties["userPrincipalName"]), name) {
			return o.id
		}
	}
	return ""
}

// assigned keeps the assignments of one application.
func (r *reader) assigned() {
	t := r.tenant
	resources := map[string]int{}
	t.assignments = slices.DeleteFunc(t.assignments, func(o *object) bool {
		if principal := str(o.properties["principalId"]); t.byID[principal] == nil {
			r.left["assignments of objects that are not in the files"]++
			return true
		}
		resources[str(o.properties["resourceId"])]++
		return false
	})
	if len(resources) < 2 {
		return
	}
	if t.application != nil && resources[t.application.id] > 0 {
		t.assignments = slices.DeleteFunc(t.assignments, func(o *object) bool {
			other := str(o.properties["resourceId"]) != t.application.id
			if other {
				r.left["assignments of other applications"]++
			}
			return other
		})
		return
	}
	r.fail(fault(t.assignments[0].place, "resourceId",
		"the assignments belong to %d applications; hint: save GET /servicePrincipals/{id}/appRoleAssignedTo of one, or give its servicePrincipal too", len(resources)))
}
