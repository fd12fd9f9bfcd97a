package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// form is a way to write attributes by PATCH. All attributes are written in one request, as
// Entra does (W-50), and each of them is judged.
type form struct {
	// full reports that the user has every attribute before; otherwise it has only what is required.
	full bool
	// removes reports that the values go away.
	removes bool
	// together reports that the parts of a complex attribute are written in one value.
	together bool
	// fits reports whether the form can write an attribute; nil means all.
	fits func(u unit) bool
	// operations write the n-th value of attributes.
	operations func(units []unit, n int, name string) []map[string]any
	// every is the cause if most attributes are not written, and lists and extension if only all
	// multi-valued attributes or all of extensions are not.
	every, lists, extension string
}

// wave is the writing of all attributes in one form.
type wave struct {
	form
	*probe
	user *thing
	name string
	n    int
	// refused are the responses to requests that the target rejected, by attribute.
	refused map[string]session.Response
	last    session.Response
}

// grid writes all attributes in a form and judges each.
func (p *probe) grid(ctx context.Context, f form) {
	name := p.Name("grid")
	units := p.units()
	body := p.bare("grid")
	if f.full {
		body = complete(merged(body, everything(units, 0, name)))
	}
	if f.full && (f.removes || f.together) { // a write beside the manager leaves it
		if boss := p.boss(ctx); boss != "" {
			body = complete(resource.With(body, manager, map[string]any{"value": boss}))
		}
	}
	arrange, n := p.aUserOf, 0
	if f.full {
		arrange, n = p.aDoubled, 1
	}
	u := arrange(ctx, body)
	two := f.twice(units, u.now)
	p.halves(ctx, f, u, f.writes(units, u.now), n, name)
	if f.full && !f.removes {
		p.wave(ctx, f, u, two, 0, p.Name("two"))
	}
	for _, alone := range []string{"userName", "active"} {
		if a := p.survey.Users.Find(alone); a != nil && a.Kept() && a.Writable() && !f.removes {
			p.wave(ctx, f, u, f.writes([]unit{{name: a.Path, leaves: []survey.Attribute{*a}}}, u.now), 1, p.Name("new"))
		}
	}
}

// halves writes attributes in two waves, every second one first. Neighbours are parts of one
// attribute or of one extension: what writes one and loses the others shows in the half that is not
// written. A value without a path that replaces may replace a complex attribute as a whole (RFC 7644
// section 3.5.2.3), so that its parts stay together.
func (p *probe) halves(ctx context.Context, f form, user *thing, units []unit, n int, name string) {
	var halves [2][]unit
	i, before := 0, ""
	for _, u := range units {
		if top := resource.Top(u.name); !f.together || top != before || u.urn() != "" {
			i, before = i+1, top
		}
		halves[i%2] = append(halves[i%2], u)
	}
	for _, half := range halves {
		p.wave(ctx, f, user, half, n, name)
	}
}

// merged is a body with the values of another one. Objects in both are merged as well.
func merged(body, more map[string]any) map[string]any {
	out := resource.Copy(body)
	for name, v := range more {
		object, ok := v.(map[string]any)
		before, both := out[name].(map[string]any)
		if ok && both {
			v = merged(before, object)
		}
		out[name] = v
	}
	return out
}

// writes selects the attributes that the form writes to a user as it is now.
func (f form) writes(units []unit, now map[string]any) []unit {
	var out []unit
	for _, u := range units {
		has := resource.Value(now, u.name) != nil
		if f.fits != nil && !f.fits(u) || f.removes && (u.required() || !has) || !f.full && u.list && has {
			continue
		}
		out = append(out, u)
	}
	return out
}

// twice selects the lists of which a user has two elements, to write two others.
func (f form) twice(units []unit, now map[string]any) []unit {
	var out []unit
	for _, u := range units {
		if list, _ := resource.Value(now, u.name).([]any); u.list && len(list) == 2 && (f.fits == nil || f.fits(u)) {
			u.twice = true
			out = append(out, u)
		}
	}
	return out
}

// wave writes some attributes, reads the user and judges each attribute.
func (p *probe) wave(ctx context.Context, f form, user *thing, units []unit, n int, name string) {
	if len(units) == 0 {
		return
	}
	w := &wave{form: f, probe: p, user: user, name: name, n: n, refused: map[string]session.Response{}}
	w.send(ctx, units)
	read := p.get(ctx, user.path())
	if read.Status != http.StatusOK && units[0].name == "active" { // inactive users have checks of their own
		return
	}
	p.because("no-read", read, match.Status(http.StatusOK))
	want := user.now
	var touched []string
	for _, u := range units {
		if _, no := w.refused[u.name]; !no {
			want = w.wanted(want, u)
			touched = append(touched, resource.Top(u.name))
		}
	}
	differences := slices.DeleteFunc(resource.Compare(underived(want, user.now, touched), read.Body, p.rules(touched)), func(d resource.Difference) bool {
		return p.own(d, user.now, read.Body)
	})
	user.now = read.Body
	w.judge(units, differences, touched)
}

// wanted is the user after one attribute is written.
func (w *wave) wanted(before map[string]any, u unit) map[string]any {
	if w.removes {
		return resource.With(before, u.name, nil)
	}
	v := u.value(w.n, w.name)
	if list, ok := v.([]any); ok && !w.full && u.kind != "" { // parts of an element that is there or not
		e, _ := list[0].(map[string]any)
		for _, a := range u.leaves {
			before = resource.With(before, a.Path, e[sub(a)])
		}
		return before
	}
	return resource.With(before, u.name, v)
}

// send writes attributes in one request. If the target rejects it, halves find out which ones it rejects.
func (w *wave) send(ctx context.Context, units []unit) {
	operations := w.operations(units, w.n, w.name)
	if w.check.Level != catalog.Entra {
		for _, o := range operations {
			name, _ := o["op"].(string)
			o["op"] = w.spelled(name)
		}
	}
	a := w.do(ctx, http.MethodPatch, w.user.path(), patchOp(operations...))
	if a.Status == http.StatusOK || a.Status == http.StatusNoContent {
		w.last = a
		return
	}
	if len(units) == 1 { // a refusal says nothing of the others in the request
		w.refused[units[0].name] = a
		return
	}
	middle := len(units) / 2
	w.send(ctx, units[:middle])
	w.send(ctx, units[middle:])
}

// judge makes a finding of each attribute that is not written.
func (w *wave) judge(units []unit, differences []resource.Difference, touched []string) {
	bad := map[string]fact.Fact{}
	for _, d := range differences {
		at := ""
		for _, u := range units {
			if under(d.Path, u.name) {
				at = u.name
			}
		}
		if _, known := bad[at]; !known {
			bad[at] = differs(d, touched, nil, w.last)
		}
	}
	for _, u := range units {
		w.finding.Assertions++
		a, no := w.refused[u.name]
		f, wrong := bad[u.name]
		switch {
		case no && u.name == "userName": // a name that never changes; renames have checks of their own
		case no:
			w.each(u.name, func() {
				w.finding.Cause = w.label(units, u, bad)
				w.probe.last = a
				w.expect(a, match.Success())
			})
		case wrong:
			w.each(u.name, func() {
				w.finding.Cause = w.label(units, u, bad)
				w.end(Failed, f)
			})
		}
	}
	if f, wrong := bad[""]; wrong {
		w.end(Failed, f)
	}
}

// label is the cause of an attribute that is not written, by what happened to the others.
func (w *wave) label(units []unit, u unit, bad map[string]fact.Fact) string {
	wrong := func(of func(unit) bool) (some, all int) {
		for _, o := range units {
			if !of(o) {
				continue
			}
			all++
			_, no := w.refused[o.name]
			if _, yes := bad[o.name]; yes || no {
				some++
			}
		}
		return some, all
	}
	if some, all := wrong(func(unit) bool { return true }); some*2 > all && all > 1 {
		return w.every
	}
	if some, all := wrong(func(o unit) bool { return o.list && o.urn() == "" }); u.list && some == all && all > 1 {
		return w.form.lists
	}
	if some, all := wrong(func(o unit) bool { return o.urn() != "" }); u.urn() != "" && some == all && all > 1 {
		return w.form.extension
	}
	if _, no := w.refused[u.name]; no && w.removes {
		return "patch-remove-some"
	} else if no {
		return "patch-narrow"
	}
	return catalog.OneAttribute
}

// under reports whether the path of a difference lies in an attribute.
func under(path, name string) bool {
	path, name = strings.ToLower(path), strings.ToLower(name)
	rest, ok := strings.CutPrefix(path, name)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], ".[")) || strings.HasPrefix(name, path+".") || strings.HasPrefix(name, path+":")
}
