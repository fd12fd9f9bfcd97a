package intake

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// navigation reads what $expand adds: members, the manager, groups of a user, assignments. A
// PowerShell object has them too, empty.
func (r *reader) navigation(x *object, name string, v saved.Value) error {
	v = v.Unwrapped()
	list := []saved.Value{v}
	switch v.Kind() {
	case 'n':
		return nil
	case '[':
		var err error
		if list, err = v.List(); err != nil {
			return err
		}
	}
	for i := range list {
		id, o, err := reference(&list[i])
		if err != nil {
			return err
		}
		switch {
		case id == "" && name == "manager":
		case name == "appRoleAssignments" || name == "appRoleAssignedTo":
			if o != nil {
				r.resource(o, setting{kind: assignment})
			}
		case id == "":
			return list[i].Fault("id is missing; hint: save the members with their ids")
		case o != nil && o.Has("@removed"):
		case name == "members":
			x.members = append(x.members, id)
			r.partial(o)
		case name == "manager":
			x.manager = id
			r.partial(o)
		default: // groups of a user; directory roles stand there too
			if kind, _ := kindOf(o, setting{kind: group}); o == nil || kind == group {
				r.pending = append(r.pending, pending{place: list[i].Place(), owner: id, members: []string{str(x.properties["id"])}})
			}
		}
	}
	return nil
}

// reference is the id of a value that is an id, or an object with an id.
func reference(v *saved.Value) (string, *saved.Object, error) {
	switch v.Kind() {
	case '"':
		return v.String(), nil, nil
	case '{':
		o, err := v.Object()
		if err != nil {
			return "", nil, err
		}
		id := o.Text("id", "objectId")
		if url := o.Text("@odata.id"); id == "" && url != "" {
			id = strings.TrimSuffix(url[strings.LastIndexAny(url, "/'(")+1:], "')")
		}
		return id, o, nil
	}
	return "", nil, v.Fault("expected an object with an id, found %s", v.Raw)
}

// partial keeps a user who is known only from a list of members or as a manager, if the list
// shows more than the id.
func (r *reader) partial(o *saved.Object) {
	if o == nil || !o.Has("userPrincipalName") {
		return
	}
	if kind, _ := kindOf(o, setting{}); kind != user {
		return
	}
	if x, err := r.read(o, user); err == nil {
		r.add(x)
	}
}

// relation reads a row that joins two objects.
func (r *reader) relation(o *saved.Object, kind string, in setting) {
	if kind == management {
		id, manager := o.Text("userId", "id", "employeeId"), o.Text("managerId", "manager.id", "manager")
		if id == "" || manager == "" {
			r.fail(o.Fault("userId or managerId is missing; hint: write both ids in each row"))
			return
		}
		r.add(&object{place: o.Place(), kind: user, id: id, properties: map[string]any{}, manager: manager})
		return
	}
	owner, member := o.Text("groupId", "group.id"), o.Text("memberId", "userId", "member.id", "id", "objectId")
	if owner != "" {
		in.owner = owner
	}
	if member == "" {
		r.fail(o.Fault("the id of the member is missing; hint: save the members with their ids"))
		return
	}
	r.member(in, o.Place(), member)
	r.partial(o)
}

// member keeps a membership until all groups are known.
func (r *reader) member(in setting, place, id string) {
	r.pending = append(r.pending, pending{place: place, owner: in.owner, members: []string{id}})
}

func fault(place, field, format string, args ...any) error {
	return fmt.Errorf("%s: %s: %w", place, field, fmt.Errorf(format, args...))
}
