package endstate

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// kept is whether the target keeps an attribute at all.
type kept struct {
	present bool
	absent  int
	// held are the differences that are reported once somebody has a value; more are only counted.
	held []Difference
}

// maxHeld limits the differences that wait.
const maxHeld = 1000

// absent lists the paths of expected values that a resource lacks.
func (e *Expected) absent(r scimclient.Resource) []string {
	if e.Presence != Present {
		return nil
	}
	var list []string
	for _, a := range e.Attributes {
		if len(a.Want) > 0 && isEmpty(value(a.Path, r)) {
			list = append(list, a.Path)
		}
	}
	if m := e.Manager; m != nil && !m.Optional && referenceID(value(m.Path, r)) == "" {
		list = append(list, m.Path)
	}
	return list
}

// keeps notes which expected values a resource has and lacks.
func (c *comparison) keeps(e *Expected, r scimclient.Resource) {
	for _, a := range e.Attributes {
		if len(a.Want) == 0 {
			continue
		}
		d := Difference{Kind: NotAsMapped, Object: e.Ref, Path: a.Path, Want: strings.Join(a.Want, ", "), Why: e.Known.Why}
		if a.Concealed {
			d.Want = concealed
		}
		if e.Known.NeverTried {
			d.Kind = NeverTried
		}
		c.keep(d, a.Path, !isEmpty(value(a.Path, r)))
	}
	if m := e.Manager; m != nil && !m.Optional {
		has := referenceID(value(m.Path, r)) != ""
		c.keep(Difference{Kind: m.Known.kind(ManagerWrong), Object: e.Ref, Other: &m.Ref, Want: m.Target, Why: m.Known.Why}, m.Path, has)
	}
}

// keep notes one value.
func (c *comparison) keep(d Difference, path string, has bool) {
	if d.Kind == NeverTried { // says nothing about the target
		if !has {
			c.found.add(d)
		}
		return
	}
	key := d.Object.Type + " " + path
	k := c.kept[key]
	if k == nil {
		k = &kept{}
		c.kept[key] = k
	}
	switch {
	case has && !k.present:
		k.present = true
		for _, held := range k.held {
			c.found.add(held)
		}
		if left := k.absent - len(k.held); left > 0 {
			c.found.add(Difference{Kind: d.Kind, Object: Ref{Type: d.Object.Type}, Path: d.Path, Count: left})
		}
		k.held = nil
	case has:
	case k.present:
		c.found.add(d)
	default:
		if k.absent++; len(k.held) < maxHeld {
			k.held = append(k.held, d)
		}
	}
}

// notKept reports the attributes of which the target keeps no value, once each. What it does not
// announce either is a remark.
func (c *comparison) notKept(ctx context.Context) {
	for key, k := range c.kept {
		if k.present || k.absent == 0 {
			continue
		}
		kind, path, _ := strings.Cut(key, " ")
		if c.Announces != nil && !c.Announces(ctx, path) {
			c.note("%s is not kept by the target, which does not announce it in /Schemas either; the directory has one for %s", attribute(path), counted(k.absent, kind))
			continue
		}
		first := k.held[0]
		c.found.add(Difference{Kind: NotKept, Object: Ref{Type: kind}, Path: path, Count: k.absent, Want: first.Want, Other: first.Other})
	}
}
