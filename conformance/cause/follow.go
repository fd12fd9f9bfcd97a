package cause

import (
	"net/http"
	"slices"
	"strings"
)

// consequences lists, for a cause, the labels of findings that follow from it wherever it is seen:
// pages cannot be right if startIndex is ignored. here limits them to the same collection.
type consequences struct {
	of     string
	labels []string
	here   bool
}

// known are the consequences, the widest causes first.
func known() []consequences {
	pages := []string{"paging", "paging-walk", "paging-filter", "paging-beyond", "paging-count", "paging-items", "paging-start", "hundred"}
	return []consequences{
		{of: "envelope", labels: append(pages, "search", "optional", "steadiness")},
		{of: "start-ignored", labels: pages},
		{of: "count-ignored", labels: pages},
		{of: "paging", labels: pages},
		{of: "no-list", labels: append(pages, "lists", "steadiness")},
		{of: "filter", labels: []string{
			"announced-filter", "discovery-filter", "filter-and", "filter-attributes", "filter-exact", "filter-groups", "filter-id", "filter-invalid", "filter-logic", "filter-mail", "filter-manager",
			"filter-members", "filter-null", "filter-operators", "filter-paths", "filter-stale", "filter-types", "filter-values", "letter-case", "paging-filter", "search", "old-name",
		}},
		{of: "filter-groups", here: true, labels: []string{
			"filter-exact", "filter-id", "filter-members", "filter-stale", "filter-values", "group-names-similar", "letter-case", "projection-groups", "rename", "search",
		}},
		{of: "patch-lists", labels: []string{"pathless-lists"}},
		{of: "no-patch", labels: []string{"announced-patch", "patch-narrow"}},
		{of: "patch-ignored", labels: []string{"announced-patch", "patch-narrow"}},
		{of: "boolean-type", labels: []string{"string-booleans", "active-ignored"}},
		{of: "location", labels: []string{"group-location"}},
		{of: "meta", labels: []string{"meta-location", "created-moves"}},
		{of: "schemas", labels: []string{"extension-unlisted"}},
		{of: "error-format", labels: []string{"error-format-outer", "error-member", "error-detail", "error-keyword", "error-text", "error-empty", "scim-type", "broken-json-keyword"}},
		{of: "error-text", labels: []string{"error-format-outer", "error-format", "scim-type", "broken-json-keyword"}},
		{of: "error-empty", labels: []string{"error-format-outer", "error-format", "scim-type", "broken-json-keyword"}},
		{of: "wrong-resource", labels: []string{"patch-answer", "members-answer", "projection-writes", "echo", "put-answer"}},
		{of: "projection", labels: []string{"projection-groups", "projection-lists", "projection-parts", "projection-writes", "projection-names"}},
		{of: "encoding", labels: []string{"verbatim", "patch-support"}},
		{of: "taken-name", labels: []string{"uniqueness"}},
		{of: "lists", labels: []string{"projection-lists"}},
		{of: "delete", labels: []string{"rehire"}},
		{of: "members-remove", labels: []string{"members-of-user"}},
		{of: "members-add", labels: []string{"members-of-user"}},
		{of: "no-users", labels: []string{"unknown-attributes", "formats", "not-required"}},
		{of: "no-groups", labels: []string{"group-schemas"}},
	}
}

// follow gives findings that follow from a cause that cause.
func follow(list []Seen, out []Cause) {
	for _, k := range known() {
		root := slices.IndexFunc(list, func(s Seen) bool { return s.Label == k.of })
		if root < 0 {
			continue
		}
		for i, s := range list {
			labelled := s.Cause.Key == s.Label || out[i].Key == s.Label
			if labelled && slices.Contains(k.labels, s.Label) && (!k.here || collection(s.Fact.Route) == collection(list[root].Fact.Route)) {
				out[i] = out[root]
			}
		}
	}
}

// absorbing is how many findings say that a kind of write has no effect before all others about it follow.
const absorbing = 6

// uniform reports operations that are all the same one: other writes may work.
func uniform(operations []string) bool {
	return operations[0] != "" && len(slices.Compact(slices.Clone(operations))) == 1
}

// absorb gives findings about writes of a kind that have no effect that cause, whatever they ask.
func absorb(list []Seen, out []Cause) {
	count, operations := map[string]int{}, map[string][]string{}
	for i, c := range out {
		count[c.Key]++
		operations[c.Key] = append(operations[c.Key], list[i].Fact.Operation)
	}
	for i, s := range list {
		root := idle(s)
		if root.key == "" || out[i].Key != root.key || count[root.key] < absorbing || uniform(operations[root.key]) {
			continue
		}
		for j, other := range list {
			about := other.Fact.Method == s.Fact.Method && collection(other.Fact.Route) == collection(s.Fact.Route) && other.Fact.Status < 300
			members := collection(s.Fact.Route) == "/Groups" && strings.HasPrefix(other.Label, "members") && other.Fact.Method != http.MethodPost
			if other.Label != "authentication" && (about || members) {
				out[j] = out[i]
			}
		}
	}
}
