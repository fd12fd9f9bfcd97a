package recording

import (
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
	Delete  Kind = "delete"
	Other   Kind = "other"
)

// Kinds lists all of them.
func Kinds() []Kind {
	return []Kind{Probe, Match, Check, Read, Create, Update, Manager, Add, Remove, Delete, Other}
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
		this := Update
		path := strings.ToLower(o.Path)
		switch {
		case path == "members" && strings.EqualFold(o.Op, "remove"), strings.HasPrefix(path, "members["):
			this = Remove
		case path == "members":
			this = Add
		case path == "manager", strings.HasSuffix(path, ":manager"), strings.HasSuffix(path, ".manager"), strings.HasSuffix(path, "manager.value"),
			strings.HasPrefix(path, "manager["), strings.Contains(path, ":manager["):
			this = Manager
		}
		if i > 0 && this != kind {
			return Update
		}
		kind = this
	}
	return kind
}
