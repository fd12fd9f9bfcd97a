package suites

import (
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// needs ends the check if the target lacks a feature that it needs.
func (p *probe) needs(feature string) {
	if why := p.Lacks(feature); why != "" {
		p.finding.Lacks = feature
		if feature == catalog.Tenants {
			p.skip(why)
		}
		p.skip("the target does not support " + feature + ": " + why)
	}
	base, ability := catalog.Missing(feature), p.ability(feature)
	if base == "" || ability.Works || catalog.Base(base) == p.check.ID {
		return
	}
	p.finding.Cause = base
	p.end(Blocked, ability.Fact)
}

// ability is what the survey found out about a feature.
func (p *probe) ability(feature string) survey.Ability {
	if s := p.survey; s.Asked {
		switch feature {
		case catalog.Patch:
			return s.Patch
		case catalog.Filter:
			if s.Filter.Fact.Method != "" { // it was asked
				return s.Filter
			}
		case catalog.GroupsHere:
			return survey.Ability{Works: s.Groups.There, Why: s.Groups.Why, Fact: s.Groups.Fact}
		}
	}
	return survey.Ability{Works: true}
}

// creates ends the check if the target creates no such resource at all.
func (p *probe) creates(collection string) {
	made, cause := p.survey.Users.Made, "no-users"
	if collection == "Groups" {
		made, cause = p.survey.Groups.Made, "no-groups"
	}
	if p.check.Profile != catalog.ValidatorPreview && p.survey.Asked && !made.Works && made.Fact.Method != "" && catalog.Base(cause) != p.check.ID {
		p.finding.Cause = cause
		p.end(Blocked, made.Fact)
	}
}

// has ends the check if the target has no attribute with this path. "title" means a user's,
// "Group.externalId" a group's.
func (p *probe) has(paths ...string) {
	for _, path := range paths {
		p.without(p.lack(path))
	}
}

// lack returns what the target lacks of an attribute, or nil.
func (p *probe) lack(path string) *survey.Lacking {
	if rest, ok := strings.CutPrefix(path, "Group."); ok {
		return p.survey.Lacks(p.survey.Groups, rest)
	}
	return p.survey.Lacks(p.survey.Users, path)
}

// without ends the check if something is lacking: blocked if the target owes it, and otherwise
// not judged.
func (p *probe) without(l *survey.Lacking) {
	if l == nil {
		return
	}
	p.finding.Lacks = l.Name
	if l.Owed && catalog.Base(catalog.NotKept) != p.check.ID {
		p.finding.Cause, p.finding.Ending, p.finding.Why = catalog.NotKept, Blocked, l.Why
		panic(ended{})
	}
	p.skip(l.Why)
}

// keeps ends the check if its operations name an attribute that the target does not have.
// Unknown names pass: checks send them on purpose.
func (p *probe) keeps(path string, operations []map[string]any) {
	if strings.HasPrefix(path, "/Groups/") {
		p.patchesGroup(operations)
		return
	}
	if !strings.HasPrefix(path, "/Users/") {
		return
	}
	for _, o := range operations {
		if at, _ := o["path"].(string); at != "" {
			p.hasKnown(at)
			p.patches(at)
			continue
		}
		value, _ := o["value"].(map[string]any)
		p.keepsBody(value)
		for _, name := range paths(value) {
			p.patches(name)
		}
	}
}

// paths returns the paths of the values in a body.
func paths(body map[string]any) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(body)) {
		object, complexValue := body[name].(map[string]any)
		if !complexValue {
			list = append(list, name)
			continue
		}
		dot := "."
		if strings.HasPrefix(strings.ToLower(name), "urn:") {
			dot = ":"
		}
		for _, sub := range slices.Sorted(maps.Keys(object)) {
			list = append(list, name+dot+sub)
		}
	}
	return list
}

// patchesGroup ends the check if the survey saw that PATCH does not change an attribute of groups.
func (p *probe) patchesGroup(operations []map[string]any) {
	for _, o := range operations {
		value, _ := o["value"].(map[string]any)
		all := paths(value)
		if at, _ := o["path"].(string); at != "" {
			all = []string{at}
		}
		for _, path := range all {
			if a := p.survey.Groups.Find(path); a != nil {
				p.unpatched(a)
			}
		}
	}
}

// patches ends the check if the survey saw that PATCH does not change an attribute, or none of
// those below it. A change of active has checks of its own.
func (p *probe) patches(path string) {
	path = strings.TrimPrefix(path, resource.User+":")
	if strings.EqualFold(path, "active") {
		return
	}
	if a := p.survey.Users.Find(path); a != nil {
		p.unpatched(a)
		return
	}
	head, _, _ := strings.Cut(path, "[")
	if strings.HasPrefix(strings.ToLower(path), strings.ToLower(enterprise)+":manager") {
		head = enterprise // the survey does not send a manager, which leads to another user
	} else if !strings.HasPrefix(strings.ToLower(path), "urn:") {
		head, _, _ = strings.Cut(head, ".")
	}
	leaves := p.survey.Users.Under(head)
	usable := func(a survey.Attribute) bool {
		return a.Patch != survey.Refused && (a.Kept() || a.Post == survey.Unknown)
	}
	if len(leaves) > 0 && !slices.ContainsFunc(leaves, usable) {
		p.unpatched(&leaves[0])
	}
}

func (p *probe) unpatched(a *survey.Attribute) {
	if strings.EqualFold(a.Mutability, "immutable") {
		p.finding.Lacks = a.Path + " that clients can change"
		p.skip("the target does not let clients change " + a.Path)
	}
	if a.Patch != survey.Refused && a.Patch != survey.Dropped || catalog.Base("patch-narrow") == p.check.ID {
		return
	}
	p.finding.Cause, p.finding.Ending, p.finding.Why = "patch-narrow", Blocked, "PATCH does not change "+a.Path+": "+a.Note
	panic(ended{})
}

// keepsBody is keeps for the values of a resource.
func (p *probe) keepsBody(body map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(body)) {
		v := body[name]
		if list, ok := v.([]any); v == nil || ok && len(list) == 0 {
			continue
		}
		object, complexValue := v.(map[string]any)
		if !complexValue || strings.EqualFold(name, "manager") {
			p.hasKnown(name)
			continue
		}
		dot := "."
		if strings.HasPrefix(strings.ToLower(name), "urn:") {
			dot = ":"
		}
		for _, sub := range slices.Sorted(maps.Keys(object)) {
			p.hasKnown(name + dot + sub)
		}
	}
}

// hasKnown is has for an attribute of RFC 7643 that the survey asks for.
func (p *probe) hasKnown(path string) { p.without(p.lackKnown(path)) }

// lackKnown is lack for an attribute of RFC 7643 that the survey asks for.
func (p *probe) lackKnown(path string) *survey.Lacking {
	head := path
	if i := strings.IndexAny(path, "[."); i > 0 && !strings.HasPrefix(strings.ToLower(path), "urn:") {
		head = path[:i]
	}
	listed := []string{
		"userName", "externalId", "active", "displayName", "name", "title", "nickName", "userType", "locale", "timezone", "preferredLanguage", "profileUrl",
		"emails", "phoneNumbers", "addresses", "roles", "entitlements", "ims", "photos",
	}
	known := slices.ContainsFunc(listed, func(s string) bool { return strings.EqualFold(s, head) })
	if rest, ok := strings.CutPrefix(strings.ToLower(path), strings.ToLower(resource.User)+":"); ok {
		return p.lackKnown(rest)
	}
	switch {
	case strings.HasPrefix(strings.ToLower(path), strings.ToLower(resource.Enterprise)):
		return p.lackEnterprise(path)
	case known && strings.EqualFold(head, "name") && strings.Contains(path, "."):
		sub := path[strings.Index(path, ".")+1:]
		if slices.ContainsFunc([]string{"givenName", "familyName", "middleName", "honorificPrefix", "honorificSuffix"}, func(s string) bool { return strings.EqualFold(s, sub) }) {
			return p.lack("name." + sub)
		}
	case known:
		return p.lack(head)
	}
	return nil
}

// lackEnterprise is lack for the enterprise extension. The manager leads to another user, so that
// the survey does not send it; any other attribute of the extension speaks for it.
func (p *probe) lackEnterprise(path string) *survey.Lacking {
	rest := strings.TrimPrefix(path[len(resource.Enterprise):], ":")
	if strings.HasPrefix(strings.ToLower(rest), "manager") && p.survey.Asked && !p.survey.Users.Manager {
		return &survey.Lacking{Name: "User." + resource.Enterprise + ":manager", Why: "the target neither announces nor keeps a manager"}
	}
	if rest == "" || strings.HasPrefix(strings.ToLower(rest), "manager") {
		return p.lack(resource.Enterprise)
	}
	return p.lack(resource.Enterprise + ":" + rest)
}
