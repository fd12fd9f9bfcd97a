package invariant

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// identities are the ids of all resources that the run made, with the kind and name of the first.
type identities map[string]identity

type identity struct{ kind, name string }

// created returns the kind and id of the resource that a request made, or an empty id. The id is that
// of the body, or the last segment of the Location header of a response without a body.
func (r *response) created() (kind, id string) {
	if r.method != http.MethodPost || !r.success() || r.route != "/Users" && r.route != "/Groups" {
		return "", ""
	}
	kind = strings.TrimSuffix(r.route[1:], "s")
	if len(r.shown) == 1 {
		return kind, r.shown[0].id()
	}
	location := strings.TrimRight(r.Exchange.ResponseHeader.Get("Location"), "/")
	return kind, unescaped(location[strings.LastIndex(location, "/")+1:])
}

// made returns the id of a new resource with its kind and name, or an empty id.
func made(r *response) (id string, who identity) {
	kind, id := r.created()
	var sent map[string]any
	if !r.Own || r.status != http.StatusCreated || json.Unmarshal(r.Exchange.RequestBody, &sent) != nil {
		return "", who
	}
	key := "userName"
	if kind == "Group" {
		key = "displayName"
	}
	return id, identity{kind, strings.ToLower(text(sent, key))}
}

// note remembers a create.
func (ids identities) note(r *response) {
	id, who := made(r)
	if _, known := ids[id]; id != "" && !known {
		ids[id] = who
	}
}

// identityRules are the rules of ids over the whole run.
func identityRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-036", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "id-reused",
			Title: "never gives the id of one resource to another",
			Why:   "Entra keeps the id of a deleted user. If a new user gets it, changes for one reach the other.",
			Fix:   "Generate ids that are never used again, such as random UUIDs.",
		}, func(r *response, h *history) (bool, *breach) {
			id, who := made(r)
			before, known := h.ids[id]
			if id == "" {
				return false, nil
			}
			if !known || before.kind != who.kind || before.name == who.name { // the same name again is a matter of uniqueness
				return true, nil
			}
			return true, &breach{attribute: "id", expected: "the id of a new resource is new", actual: r.method + " " + r.route + " returned an id that another " + who.kind + " of this run had"}
		}},
		{catalog.Check{
			ID: "HTP-037", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "id-shared",
			Title: "gives users and groups different ids",
			Why:   "A group member is named by id alone. An id that means a user and a group makes the member ambiguous.",
			Fix:   "Draw the ids of all resource types from one set, such as UUIDs.",
		}, func(r *response, h *history) (bool, *breach) {
			id, who := made(r)
			before, known := h.ids[id]
			if id == "" {
				return false, nil
			}
			if !known || before.kind == who.kind {
				return true, nil
			}
			return true, &breach{attribute: "id", expected: "ids are unique over users and groups", actual: "a User and a Group of this run have the same id"}
		}},
	}
}
