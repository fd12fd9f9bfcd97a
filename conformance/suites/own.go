package suites

import (
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// own reports a value that a target gives by itself to an attribute of a user that has none: a
// default, or a displayName built from the name (RFC 7644 section 3.3). It must not be the value
// that the attribute had before, unless it is the default.
func (p *probe) own(d resource.Difference, before, now map[string]any) bool {
	if d.Want != nil || d.Got == nil {
		return false
	}
	given := resource.Value(p.survey.Users.Defaults, d.Path)
	if list, ok := given.([]any); ok {
		got, all := d.Got.([]any)
		if !all {
			got = []any{d.Got}
		}
		return !slices.ContainsFunc(got, func(e any) bool { return !has(list, e) })
	}
	if given == nil && !derived(d.Path, d.Got, now) {
		return false
	}
	if strings.EqualFold(d.Path, "displayName") && d.Got == inner(now, "name")["formatted"] {
		return true // nothing tells a displayName that was built again from one that stayed
	}
	return match.JSON(d.Got) == match.JSON(given) || match.JSON(d.Got) != match.JSON(resource.Value(before, d.Path))
}

// follows reports a formatted name that is, or was until the displayName changed, what the target shows
// as displayName: some services keep one name for display, and show it as both.
func follows(d resource.Difference, before, now map[string]any) bool {
	old, shown := before[resource.Key(before, "displayName")], now[resource.Key(now, "displayName")]
	followed := old != nil && old != shown && resource.Value(before, "name.formatted") == old
	return strings.EqualFold(d.Path, "name.formatted") && (followed || d.Got != nil && d.Got == shown)
}

func has(list []any, element any) bool {
	return slices.ContainsFunc(list, func(e any) bool { return match.JSON(e) == match.JSON(element) })
}

// derived reports a displayName whose words are all in the other names of the user.
func derived(path string, got any, now map[string]any) bool {
	text, ok := got.(string)
	if !ok || !strings.EqualFold(path, "displayName") {
		return false
	}
	var known strings.Builder
	for _, part := range append([]any{now[resource.Key(now, "userName")]}, slices.Collect(maps.Values(inner(now, "name")))...) {
		s, _ := part.(string)
		known.WriteString(strings.ToLower(s) + " ")
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == ',' })
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(known.String(), w) })
}
