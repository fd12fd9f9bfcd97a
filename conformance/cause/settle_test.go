package cause_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/cause"
	"github.com/scimdrill/scimdrill/conformance/fact"
)

// TestSettle asks that one fault is one cause, whatever checks see it, and that several faults
// stay several (issue 14).
func TestSettle(t *testing.T) {
	t.Parallel()
	status := func(method, route string, code int, words string) fact.Fact {
		return fact.Fact{Layer: fact.Status, Method: method, Route: route, Status: code, Words: words}
	}
	value := func(method, route, attribute string, kind fact.Kind) fact.Fact {
		return fact.Fact{Layer: fact.Value, Method: method, Route: route, Status: http.StatusOK, Attribute: attribute, Kind: kind}
	}
	query := func(kind fact.Kind) fact.Fact {
		return fact.Fact{Layer: fact.Status, Method: http.MethodGet, Route: "/Groups?filter", Status: http.StatusOK, Kind: kind}
	}
	idle := value(http.MethodPatch, "/Groups/{id}", "members", fact.TooFew)
	idle.Idle = true
	renamed := value(http.MethodPatch, "/Groups/{id}", "displayName", fact.OtherValue)
	renamed.Idle = true
	for name, c := range map[string]struct {
		seen []cause.Seen
		want []string // titles, each once
	}{
		"one crash of several methods": {[]cause.Seen{
			found("USR-007", "delete", status(http.MethodGet, "/Users/{id}", 500, "nil pointer dereference")),
			found("USR-062", "unknown-id", status(http.MethodPatch, "/Users/{id}", 500, "nil pointer dereference")),
			found("MEM-053", "group-unknown", status(http.MethodGet, "/Groups/{id}", 500, "nil pointer dereference")),
		}, []string{"GET and PATCH return status 500 (nil pointer dereference): requests for an id that does not exist do not return 404"}},
		"crashes without words": {[]cause.Seen{
			found("USR-007", "delete", status(http.MethodGet, "/Users/{id}", 500, "internal server error")),
			found("USR-062", "unknown-id", status(http.MethodPatch, "/Users/{id}", 500, "internal server error")),
		}, []string{"GET /Users/{id} returns status 500 (internal server error)", "PATCH /Users/{id} returns status 500 (internal server error)"}},
		"one method is not there": {[]cause.Seen{
			found("MEM-017", "members-replace", status(http.MethodPut, "/Groups/{id}", 501, "not implemented")),
			found("MEM-068", "group-put-same", status(http.MethodPut, "/Groups/{id}", 501, "not implemented")),
			found("USR-031", "no-put", status(http.MethodPut, "/Users/{id}", 501, "not implemented")),
		}, []string{"PUT returns status 501 (not implemented)"}},
		"two refusals for other reasons": {[]cause.Seen{
			found("USR-013", "unknown-attributes", status(http.MethodPost, "/Users", 400, "unknown attribute")),
			found("USR-023", "formats", status(http.MethodPost, "/Users", 400, "bad telephone number")),
		}, []string{"one unknown attribute blocks the whole request", "values are rejected that no schema forbids"}},
		"members that are left out": {[]cause.Seen{
			found("MEM-003", "members-add", value(http.MethodPatch, "/Groups/{id}", "members", fact.TooFew)),
			found("MEM-013", "members-large", value(http.MethodPatch, "/Groups/{id}", "members", fact.TooFew)),
			found("MEM-038", "members-post", value(http.MethodPost, "/Groups", "members", fact.TooFew)),
		}, []string{"PATCH and POST below /Groups do not store all members"}},
		"a PATCH without effect": {[]cause.Seen{
			found("MEM-033", "letter-case-op", idle), found("MEM-003", "members-add", idle), found("MEM-008", "group-attributes", renamed),
		}, []string{"PATCH /Groups/{id} returns success without making the change"}},
		"a filter that is ignored": {[]cause.Seen{
			found("QRY-006", "filter-groups", query(fact.TooMany)), found("QRY-037", "filter-values", query(fact.TooMany)),
			found("MEM-044", "rename", query(fact.TooMany)),
		}, []string{"groups are not found by filter, or not alone"}},
		"what follows from startIndex": {[]cause.Seen{
			found("QRY-009", "start-ignored", fact.Fact{}), found("QRY-061", "paging-filter", fact.Fact{}), found("QRY-058", "paging-beyond", query(fact.TooMany)),
		}, []string{"startIndex is ignored"}},
		"letter case is not all of a filter": {[]cause.Seen{
			found("QRY-002", "letter-case", query(fact.TooFew)), found("QRY-021", "letter-case", query(fact.TooFew)),
			found("QRY-032", "filter-paths", query(fact.TooFew)), found("QRY-063", "filter-attributes", query(fact.TooFew)),
		}, []string{
			"values are compared case-sensitively where case must not matter", "filters on sub-attributes, list elements or names with a URN do not work",
			"filters work for some attributes only",
		}},
		"a member that is there twice is nobody's access": {[]cause.Seen{
			found("MEM-057", "members-pathless", value(http.MethodPatch, "/Groups/{id}", "members", fact.Duplicated)),
			found("MEM-056", "members-add", value(http.MethodPatch, "/Groups/{id}", "members", fact.Duplicated)),
		}, []string{"PATCH /Groups/{id} stores a value of members twice"}},
		"members that must stay": {[]cause.Seen{
			found("MEM-060", "members-together", value(http.MethodPatch, "/Groups/{id}", "members", fact.Lost)),
			found("MEM-051", "members-excluded", value(http.MethodPatch, "/Groups/{id}", "members", fact.Lost)),
		}, []string{"PATCH /Groups/{id} removes members that must stay"}},
		"a deletion of nobody that succeeds": {[]cause.Seen{
			found("USR-062", "unknown-id", status(http.MethodDelete, "/Users/{id}", 204, "")),
			found("USR-073", "delete-status", status(http.MethodDelete, "/Users/{id}", 200, "")),
		}, []string{"requests for an id that does not exist do not return 404", "DELETE returns status 200 instead of 204"}},
		"two faults": {[]cause.Seen{
			found("QRY-017", "paging-items", fact.Fact{}), found("USR-070", "verbatim", fact.Fact{}),
		}, []string{"itemsPerPage is not the number of resources on the page", "values are returned in a different form than sent"}},
		"active in either value": {[]cause.Seen{
			found("SUR-011", "active-ignored", value(http.MethodPatch, "/Users/{id}", "active", fact.Unchanged)),
			found("USR-047", "put", value(http.MethodPut, "/Users/{id}", "active", fact.OtherValue)),
		}, []string{"PATCH and PUT /Users/{id} do not store active as sent"}},
	} {
		var got []string
		for _, c := range cause.Settle(c.seen) {
			if !slices.Contains(got, c.Title) {
				got = append(got, c.Title)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func found(id catalog.ID, label string, f fact.Fact) cause.Seen {
	return cause.Find(f, catalog.Check{ID: id, Cause: label}, "")
}

// TestForm asks that the first line names what is wrong in a list, and an error in disguise.
func TestForm(t *testing.T) {
	t.Parallel()
	list := func(attribute string, kind fact.Kind) fact.Fact {
		return fact.Fact{Layer: fact.Envelope, Status: http.StatusOK, Attribute: attribute, Kind: kind}
	}
	for _, c := range []struct {
		seen fact.Fact
		want string
	}{
		{list("schemas", fact.Absent), "list responses have no schemas"},
		{list("totalResults", fact.OtherForm), "totalResults of list responses has the wrong type"},
		{list("Resources", fact.OtherCase), "list responses write Resources in the wrong letter case"},
		{list("status", fact.OtherForm), "errors are returned with status 200"},
	} {
		if got := cause.Of(c.seen, catalog.Check{Cause: "envelope"}, ""); got.Title != c.want {
			t.Errorf("got %q, want %q", got.Title, c.want)
		}
	}
}
