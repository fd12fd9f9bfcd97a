package invariant

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// resourceRules are the rules of each user and group in a response.
func resourceRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-033", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3"), Rule: "R-20, R-1, R-30", Cause: "schemas",
			Title: "lists in schemas exactly the schemas that a resource has",
			Why:   "A client that reads schemas first ignores an extension that is not listed.",
			Fix:   "List the core schema, and the URN of each extension with values, once each.",
		}, each(schemas)},
		{catalog.Check{
			ID: "HTP-034", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-26, R-21", Cause: "meta",
			Title: "returns meta with resourceType, created and lastModified",
			Why:   "Clients find out from meta what a resource is and whether it changed.",
			Fix:   "Set meta.resourceType to User or Group, and meta.created and meta.lastModified to dates of RFC 3339.",
		}, each(metadata)},
		{catalog.Check{
			ID: "HTP-035", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-28", Cause: "meta-location",
			Title: "returns meta.location with the URL of the resource in every response",
			Why:   "A client that follows the URL must reach the same resource.",
			Fix:   "Build meta.location from the base URL of the request and the id.",
		}, each(location)},
	}
}

// each judges the users and groups of responses that show whole resources.
func each(judge func(s shown) *breach) func(*response, *history) (bool, *breach) {
	return func(r *response, _ *history) (bool, *breach) {
		if r.projected || len(r.shown) == 0 || r.method == http.MethodDelete {
			return false, nil
		}
		for _, s := range r.shown {
			if s.id() == "" { // which is another rule's
				return false, nil
			}
			if b := judge(s); b != nil {
				b.actual = r.method + " " + r.route + " shows " + b.actual
				return true, b
			}
		}
		return true, nil
	}
}

// schemas are the core schema, and that of each extension with values.
func schemas(s shown) *breach {
	list, _ := s.object[resource.Key(s.object, "schemas")].([]any)
	var listed []string
	for _, e := range list {
		if urn, ok := e.(string); ok {
			listed = append(listed, strings.ToLower(urn))
		}
	}
	said := "schemas " + match.JSON(s.object[resource.Key(s.object, "schemas")])
	b := &breach{attribute: "schemas", expected: "schemas lists " + s.urn() + " and each extension with values, once each"}
	if len(listed) != len(list) || !slices.Contains(listed, strings.ToLower(s.urn())) {
		b.actual = said
		return b
	}
	for _, name := range slices.Sorted(maps.Keys(s.object)) {
		object, is := s.object[name].(map[string]any)
		if is && len(object) > 0 && strings.HasPrefix(strings.ToLower(name), "urn:") && !slices.Contains(listed, strings.ToLower(name)) {
			b.cause, b.actual = "extension-unlisted", said+" beside values of "+name
			return b
		}
	}
	slices.Sort(listed)
	if len(slices.Compact(listed)) < len(list) {
		b.actual = said
		return b
	}
	return nil
}

func metadata(s shown) *breach {
	meta := s.meta()
	b := &breach{attribute: "meta", expected: `meta with resourceType "` + s.kind + `" and dates in created and lastModified`}
	if meta == nil {
		b.actual = "a resource without meta"
		return b
	}
	if text(meta, "resourceType") != s.kind {
		b.attribute, b.actual = "meta.resourceType", "meta.resourceType "+match.JSON(meta[resource.Key(meta, "resourceType")])
		return b
	}
	for _, name := range []string{"created", "lastModified"} {
		value := meta[resource.Key(meta, name)]
		if !instant(value) {
			b.attribute, b.actual = "meta."+name, "meta."+name+" "+match.JSON(value)
			return b
		}
	}
	return nil
}

// instant reports an xsd:dateTime. A time zone may be missing (RFC 7643 section 2.3.5).
func instant(v any) bool {
	s, _ := v.(string)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// location compares by id. The base path may be another one, behind a gateway.
func location(s shown) *breach {
	address := text(s.meta(), "location")
	if s.meta() == nil { // which is another rule's
		return nil
	}
	path, _, _ := strings.Cut(address, "?")
	last := path[strings.LastIndex(path, "/")+1:]
	if last != "" && unescaped(last) == s.id() {
		return nil
	}
	return &breach{
		attribute: "meta.location", expected: "meta.location ends with the id of the resource", actual: "meta.location " + match.JSON(s.meta()[resource.Key(s.meta(), "location")]),
	}
}

// unescaped is a segment of a path as text.
func unescaped(segment string) string {
	if s, err := url.PathUnescape(segment); err == nil {
		return s
	}
	return segment
}
