package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersPatchGrid are the checks that write every attribute in each form of PATCH.
func usersPatchGrid() []Spec {
	const why = "A tenant may map any attribute. One that PATCH does not write keeps its old value in the application."
	words := func(id catalog.ID, level catalog.Level, basis catalog.Basis, rule, title, fix string, f form) Spec {
		return check(catalog.Check{
			ID: id, Suite: "attributes", About: catalog.Attributes, Level: level, Basis: basis, Rule: rule, Cause: f.every,
			Needs: []string{catalog.Patch}, Title: title, Why: why, Fix: fix,
		}, func(ctx context.Context, p *probe) { p.grid(ctx, f) })
	}
	return []Spec{
		words("ATT-041", catalog.Must, rfc7644("3.5.2.3"), "R-127, R-68", "replaces every attribute by its path",
			"Support replace with a path for each attribute that a create stores.",
			form{full: true, operations: byPath("replace"), every: "patch-support", lists: "patch-lists", extension: "extension"}),
		words("ATT-016", catalog.Must, rfc7644("3.5.2.1"), "R-120", "adds every attribute by its path",
			"Support add with a path for each attribute that a create stores.",
			form{operations: byPath("add"), every: "patch-support", lists: "patch-lists", extension: "extension"}),
		words("ATT-017", catalog.Must, rfc7644("3.5.2.1"), "R-120", "overwrites every existing value on add",
			"Overwrite a single value on add. Never keep the old one, and never insert a second one.",
			form{full: true, fits: func(u unit) bool { return !u.list }, operations: byPath("add"), every: "patch-support", lists: "patch-lists", extension: "extension"}),
		words("ATT-013", catalog.Must, rfc7644("3.5.2.2"), "R-125", "removes every attribute by its path",
			"Support remove with a path for each attribute that is not required.",
			form{full: true, removes: true, operations: removal, every: "patch-remove", lists: "patch-lists", extension: "extension"}),
		words("ATT-014", catalog.Must, rfc7644("3.5.2.3"), "R-128", "replaces every attribute without a path",
			"Treat each key of a value without a path as an attribute, and that of an extension as its URN.",
			form{full: true, together: true, operations: whole("replace"), every: "pathless", lists: "pathless-lists", extension: "extension"}),
		words("ATT-042", catalog.Must, rfc7644("3.5.2.1"), "R-124", "adds every attribute without a path",
			"Treat each key of a value without a path as an attribute, and that of an extension as its URN.",
			form{operations: whole("add"), every: "pathless", lists: "pathless-lists", extension: "extension"}),
		words("ATT-025", catalog.Must, rfc7644("3.10"), "R-132", "replaces every core attribute by a path with the core URN",
			"Strip the core schema URN from paths.",
			form{full: true, fits: func(u unit) bool { return u.urn() == "" }, operations: coreURN, every: "core-urn", lists: "core-urn", extension: "extension"}),
		usersPatchEntra("ATT-043", "R-184", legacy, "writes every attribute as Entra sends it without the feature flag", "patch-support"),
		usersPatchEntra("ATT-044", "R-185", flagged, "writes every attribute as Entra sends it with the feature flag", "pathless"),
		usersPatchAnswer(),
	}
}

// usersPatchEntra makes the check of a dialect: values are added to a user without them, and then replaced.
func usersPatchEntra(id catalog.ID, rule string, dialect func(op string) func([]unit, int, string) []map[string]any, title, every string) Spec {
	return check(catalog.Check{
		ID: id, Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: rule, Cause: every,
		Needs: []string{catalog.Patch}, Title: title,
		Why: "Entra sends all changes of a user in one PATCH. What is not written stays different in every cycle.",
		Fix: "Support filtered paths, URN paths and, without a path, dotted keys. Create an element that a filter describes.",
	}, func(ctx context.Context, p *probe) {
		units, name := p.units(), p.Name("dialect")
		u := p.aUserOf(ctx, p.bare("dialect"))
		f := form{operations: dialect("add"), every: every, lists: "value-filters-create", extension: "extension"}
		written := f.writes(units, u.now)
		p.wave(ctx, f, u, written, 0, name)
		f.operations, f.lists = dialect("replace"), "value-filters"
		p.halves(ctx, f, u, written, 1, name)
	})
}

// usersPatchAnswer makes the check of what PATCH returns.
func usersPatchAnswer() Spec {
	return check(catalog.Check{
		ID: "ATT-045", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-122", Cause: "patch-answer",
		Needs: []string{catalog.Patch},
		Title: "returns from PATCH what the next read shows",
		Why:   "A client stores the response. An old or incomplete one makes it repeat or omit changes.",
		Fix:   "Read the resource after the commit, and serialize it as for GET. Or return 204 without a body.",
	}, func(ctx context.Context, p *probe) {
		units, name := p.units(), p.Name("answer")
		body := merged(p.person("answer", nil), everything(units, 0, name))
		if boss := p.boss(ctx); boss != "" {
			body = resource.With(body, manager, map[string]any{"value": boss})
		}
		u := p.aDoubled(ctx, complete(body))
		a := p.do(ctx, "PATCH", u.path(), patchOp(op(p.spelled("replace"), p.carrier(), "Answered")))
		p.because("no-patch", a, match.Success())
		read := p.get(ctx, u.path())
		p.because("no-read", read, match.Status(200))
		p.finding.Assertions++
		if a.Body == nil {
			return
		}
		for _, d := range resource.Compare(read.Body, a.Body, p.rules(nil)) {
			p.each(d.Path, func() {
				f := differs(d, nil, nil, a)
				f.Layer, f.Attribute = 0, ""
				f.Expected = d.Path + " in the response is " + match.JSON(d.Want) + ", as the next read shows"
				f.Actual = d.Path + " in the response of " + a.Request + " is " + match.JSON(d.Got)
				p.end(Failed, f)
			})
		}
	})
}

// boss arranges a manager, and returns "" if the target has none.
func (p *probe) boss(ctx context.Context) string {
	if !p.survey.Asked || !p.survey.Users.Manager || p.survey.Lacks(p.survey.Users, enterprise) != nil {
		return ""
	}
	return p.aUser(ctx, "boss", nil).id
}

// byPath writes each attribute with its path, a list as a whole.
func byPath(name string) func([]unit, int, string) []map[string]any {
	return func(units []unit, n int, run string) (out []map[string]any) {
		for _, u := range units {
			out = append(out, op(name, u.name, u.value(n, run)))
		}
		return out
	}
}

// removal removes each attribute by its path.
func removal(units []unit, _ int, _ string) (out []map[string]any) {
	for _, u := range units {
		out = append(out, op("remove", u.name, nil))
	}
	return out
}

// whole writes all attributes in one value, nested as in a resource.
func whole(name string) func([]unit, int, string) []map[string]any {
	return func(units []unit, n int, run string) []map[string]any {
		return []map[string]any{op(name, "", everything(units, n, run))}
	}
}

// coreURN writes each attribute with the URN of the core schema in front of its path.
func coreURN(units []unit, n int, run string) (out []map[string]any) {
	for _, u := range units {
		out = append(out, op("replace", coreUser+":"+u.name, u.value(n, run)))
	}
	return out
}

// legacy is Entra without the feature flag: one operation for each path, and ops with a capital
// (W-56 to W-61).
func legacy(name string) func([]unit, int, string) []map[string]any {
	if name == "add" {
		name = "Add"
	} else {
		name = "Replace"
	}
	return func(units []unit, n int, run string) []map[string]any {
		paths, singles := parts(name, units, n, run)
		for _, u := range singles {
			paths = append(paths, op(name, u.name, u.value(n, run)))
		}
		return paths
	}
}

// flagged is Entra with the feature flag: filtered paths first, then one value with dotted and
// URN keys (W-74 to W-79).
func flagged(name string) func([]unit, int, string) []map[string]any {
	return func(units []unit, n int, run string) []map[string]any {
		paths, singles := parts(name, units, n, run)
		value := map[string]any{}
		for _, u := range singles {
			value[u.name] = u.value(n, run)
		}
		if len(value) > 0 {
			paths = append(paths, op(name, "", value))
		}
		return paths
	}
}

// parts writes multi-valued attributes: each part of an element by a filtered path, and a list
// whose elements have no type as a whole (W-66). It returns the other attributes.
func parts(name string, units []unit, n int, run string) (out []map[string]any, rest []unit) {
	for _, u := range units {
		switch {
		case u.kind != "":
			list, _ := u.value(n, run).([]any)
			e, _ := list[0].(map[string]any)
			for _, a := range u.leaves {
				out = append(out, op(name, a.Path, e[sub(a)]))
			}
		case u.list:
			out = append(out, op(name, u.name, u.value(n, run)))
		default:
			rest = append(rest, u)
		}
	}
	return out, rest
}
