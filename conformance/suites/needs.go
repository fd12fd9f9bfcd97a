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
	if p.survey.Asked && !made.Works && made.Fact.Method != "" && catalog.Base(cause) != p.check.ID {
		p.finding.Cause = cause
		p.end(Blocked, made.Fact)
	}
}

// has ends the check if the target has no attribute with this path. "title" means a user's,
// "Group.externalId" a group's.
func (p *probe) has(paths ...string) {
	for _, path := range paths {
		r := p.survey.Users
		if rest, ok := strings.CutPrefix(path, "Group."); ok {
			r, path = p.survey.Groups, rest
		}
		l := p.survey.Lacks(r, path)
		if l == nil {
			continue
		}
		p.finding.Lacks = l.Name
		if l.Owed && catalog.Base(catalog.NotKept) != p.check.ID {
			p.finding.Cause, p.finding.Ending, p.finding.Why = catalog.NotKept, Blocked, l.Why
			panic(ended{})
		}
		p.skip(l.Why)
	}
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
func (p *probe) hasKnown(path string) {
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
		p.hasKnown(rest)
		return
	}
	switch {
	case strings.HasPrefix(strings.ToLower(path), strings.ToLower(resource.Enterprise)):
		p.hasEnterprise(path)
	case known && strings.EqualFold(head, "name") && strings.Contains(path, "."):
		sub := path[strings.Index(path, ".")+1:]
		if slices.ContainsFunc([]string{"givenName", "familyName", "middleName", "honorificPrefix", "honorificSuffix"}, func(s string) bool { return strings.EqualFold(s, sub) }) {
			p.has("name." + sub)
		}
	case known:
		p.has(head)
	}
}

// hasEnterprise is has for the enterprise extension. The manager leads to another user, so that
// the survey does not send it; any other attribute of the extension speaks for it.
func (p *probe) hasEnterprise(path string) {
	rest := strings.TrimPrefix(path[len(resource.Enterprise):], ":")
	if rest == "" || strings.HasPrefix(strings.ToLower(rest), "manager") {
		p.has(resource.Enterprise)
		return
	}
	p.has(resource.Enterprise + ":" + rest)
}
