package intake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// File is one file of a tenant.
type File struct {
	Name string
	Data []byte
}

// Tenant is what the files contain.
type Tenant struct {
	// Notes say what was left out, and why.
	Notes []string

	objects     []*object // users and groups, in order
	byID        map[string]*object
	application *object
	assignments []*object
}

// object is a user, a group, the application or an assignment.
type object struct {
	place, kind, id string
	properties      map[string]any
	members         []string
	manager         string
}

// The kinds of objects, as @odata.type names them.
const (
	user        = "user"
	group       = "group"
	application = "servicePrincipal"
	assignment  = "appRoleAssignment"

	membership = "membership" // a row that names a group and a member
	management = "management" // a row that names a user and a manager
	secret     = "secret"
	ignored    = "ignored"
)

// maxMistakes is the number of mistakes that are reported at once.
const maxMistakes = 10

// Read reads the files of one tenant. All mistakes are reported at once, up to ten.
func Read(files []File) (*Tenant, error) {
	r := &reader{tenant: &Tenant{byID: map[string]*object{}}, left: map[string]int{}, names: properties(), pages: map[setting]*pages{}}
	for _, f := range files {
		r.file(f)
	}
	r.incomplete()
	r.resolve()
	if err := errors.Join(r.errs...); err != nil {
		return nil, fmt.Errorf("read tenant: %w", err)
	}
	t := r.tenant
	if len(t.objects) == 0 && len(t.Notes) > 0 {
		return nil, fmt.Errorf("read tenant: the files contain no user and no group; %s", t.Notes[0])
	}
	if len(t.objects) == 0 {
		return nil, errors.New("read tenant: the files contain no user and no group; hint: save the response of GET /users, or run `scimdrill tenant import` for the commands")
	}
	return t, nil
}

// reader collects the objects of all files.
type reader struct {
	tenant  *Tenant
	pending []pending // memberships whose group is known by a name
	left    map[string]int
	names   map[string]string // of properties
	errs    []error

	pages       map[setting]*pages
	collections []setting // in order
}

// pending is a list of members whose group stands in the name of the file.
type pending struct {
	place, owner string
	members      []string
}

func (r *reader) fail(err error) {
	if err == nil || len(r.errs) > maxMistakes {
		return
	}
	if len(r.errs) == maxMistakes {
		err = errors.New("only the first ten mistakes are shown; there may be more")
	}
	r.errs = append(r.errs, err)
}

func (r *reader) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(r.tenant.Notes, text) {
		r.tenant.Notes = append(r.tenant.Notes, text)
	}
}

func (r *reader) file(file File) {
	f, err := saved.Open(file.Name, file.Data)
	switch {
	case err != nil:
		r.fail(err)
		return
	case f.Blank():
		r.note("%s is empty", file.Name)
		return
	}
	in := named(file.Name)
	if in.kind == secret {
		r.note("%s is not read: by its name it contains secrets", file.Name)
		return
	}
	if f.IsTable() {
		rows, err := f.Rows()
		r.fail(err)
		for _, o := range rows {
			r.row(o, in)
		}
		return
	}
	values, err := f.Values()
	r.fail(err)
	for i := range values {
		r.value(values[i], in)
	}
}

// add keeps an object. What is known of it from several files comes together.
func (r *reader) add(o *object) {
	t := r.tenant
	switch o.kind {
	case application:
		if t.application == nil {
			t.application = o
		}
		return
	case assignment:
		t.assignments = append(t.assignments, o)
		return
	}
	known := t.byID[o.id]
	if known == nil {
		t.byID[o.id] = o
		t.objects = append(t.objects, o)
		return
	}
	for name, v := range o.properties {
		if known.properties[name] == nil {
			known.properties[name] = v
		}
	}
	known.members = append(known.members, o.members...)
	if known.manager == "" {
		known.manager = o.manager
	}
}
