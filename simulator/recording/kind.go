package recording

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// Kind is what a request is for.
type Kind string

// The kinds of requests, in the order in which they are listed.
const (
	Probe   Kind = "preflight"
	Match   Kind = "matching query"
	Check   Kind = "query for a reference"
	Read    Kind = "read"
	Create  Kind = "create"
	Update  Kind = "update"
	Manager Kind = "manager"
	Add     Kind = "members added"
	Remove  Kind = "members removed"
	Set     Kind = "members replaced" // by the value: the whole list, or with Entra's flag one more (W-84)
	Delete  Kind = "delete"
	Other   Kind = "other"
)

// Kinds lists all of them.
func Kinds() []Kind {
	return []Kind{Probe, Match, Check, Read, Create, Update, Manager, Add, Remove, Set, Delete, Other}
}

var guid = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// probed is the GUID that the request asks for, if it looks like a probe (W-1, W-6).
func (r *Request) probed() string {
	_, value, ok := r.Filtered()
	if !ok || r.Method != http.MethodGet || !guid.MatchString(value) || len(r.answered()) > 0 {
		return ""
	}
	return value
}

// Kind says what the request is for. known reports whether an object of the recording has
// this GUID, so that a query for it is no probe.
func (r *Request) Kind(known func(guid string) bool) Kind {
	switch {
	case !r.SCIM():
		return Other
	case r.Method == http.MethodGet && r.ID != "":
		return Read
	case r.Method == http.MethodGet:
		return r.queryKind(known)
	case r.Method == http.MethodPost && r.ID == "":
		return Create
	case r.Method == http.MethodDelete && r.ID != "":
		return Delete
	case r.Method == http.MethodPut && r.ID != "":
		return Update // Entra sends none, other clients do
	case r.Method == http.MethodPatch && r.ID != "":
		return r.patchKind()
	default:
		return Other
	}
}

func (r *Request) queryKind(known func(string) bool) Kind {
	filter, ok := r.Param("filter")
	if value := r.probed(); value != "" && !known(value) {
		return Probe
	}
	switch {
	case !ok:
		return Other
	case strings.HasPrefix(strings.ToLower(filter), "id eq "): // W-20, W-21
		return Check
	default:
		return Match
	}
}

func (r *Request) patchKind() Kind {
	kind := Update
	for i, o := range r.Operations() {
		this := operationKind(o.Op, strings.ToLower(o.Path), o.Value)
		if i > 0 && this != kind {
			return Update
		}
		kind = this
	}
	return kind
}

// operationKind is what one operation of a PATCH is for.
func operationKind(op, path string, value json.RawMessage) Kind {
	var m map[string]json.RawMessage
	if path == "" && json.Unmarshal(value, &m) == nil && len(m) == 1 { // the only attribute of a value without a path
		for name := range m {
			path = strings.ToLower(name)
		}
	}
	switch {
	case path == "members" && strings.EqualFold(op, "remove"), strings.HasPrefix(path, "members["):
		return Remove
	case path == "members" && strings.EqualFold(op, "replace"):
		return Set
	case path == "members":
		return Add
	case path == "manager", strings.HasSuffix(path, ":manager"), strings.HasSuffix(path, ".manager"), strings.HasSuffix(path, "manager.value"),
		strings.HasPrefix(path, "manager["), strings.Contains(path, ":manager["):
		return Manager
	}
	return Update
}
