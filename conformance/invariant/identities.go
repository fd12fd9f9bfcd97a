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

// made is what a response to a create says, or an empty id.
func made(r *response) (id string, who identity) {
	if r.method != http.MethodPost || r.status != http.StatusCreated || len(r.shown) != 1 || !r.Own {
		return "", who
	}
	var sent map[string]any
	if json.Unmarshal(r.Exchange.RequestBody, &sent) != nil {
		return "", who
	}
	s := r.shown[0]
	key := "userName"
	if s.kind == "Group" {
		key = "displayName"
	}
	return s.id(), identity{s.kind, strings.ToLower(text(sent, key))}
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
