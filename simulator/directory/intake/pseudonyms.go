package intake

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"

	"github.com/scimdrill/scimdrill/reports/alias"
)

// Pseudonyms puts made-up people in the place of the real ones. Equal values become equal
// pseudonyms, so matching, filters and references work as before; ids change too. Whoever
// has the seed can test guesses of names, so keep it apart from the file.
func (t *Tenant) Pseudonyms(seed string) {
	p := &mask{words: alias.New(alias.Seed(seed)), seed: seed, guid: regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)}
	byID := map[string]*object{}
	for _, o := range t.objects {
		o.id, o.manager = p.id(o.id), p.id(o.manager)
		for i, id := range o.members {
			o.members[i] = p.id(id)
		}
		p.properties(o)
		byID[o.id] = o
	}
	t.byID = byID
	for _, o := range t.assignments {
		o.id = p.id(o.id)
		p.properties(o)
	}
	if t.application != nil {
		roles := t.application.properties["appRoles"]
		t.application.id, t.application.properties = p.id(t.application.id), map[string]any{"appRoles": roles}
	}
}

// mask makes pseudonyms.
type mask struct {
	words *alias.Words
	guid  *regexp.Regexp
	seed  string
}

// plain are the properties whose values say nothing about a person.
func plain(name string) bool {
	switch name {
	case "userType", "usageLocation", "preferredLanguage", "country", "groupTypes", "appRoleId", "principalType", "ageGroup",
		"consentProvidedForMinor", "legalAgeGroupClassification", "creationType", "visibility", "employeeType", "@removed":
		return true
	}
	return false
}

func (p *mask) properties(o *object) {
	o.place = ""
	for name, v := range o.properties {
		switch {
		case plain(name):
		case strings.HasSuffix(name, "Id") && strings.HasPrefix(name, "principal"), name == "resourceId":
			o.properties[name] = p.id(str(v))
		default:
			o.properties[name] = p.value(v)
		}
	}
}

// value replaces every string of a value; times, numbers and Booleans stay.
func (p *mask) value(v any) any {
	switch v := v.(type) {
	case string:
		if p.guid.MatchString(v) {
			return p.id(v)
		}
		if len(v) > 10 && v[4] == '-' && v[7] == '-' && strings.HasSuffix(v, "Z") {
			return v
		}
		return p.words.Value(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = p.value(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = p.value(e)
		}
		return out
	}
	return v
}

// id is the pseudonym of an id, in the form of a GUID.
func (p *mask) id(id string) string {
	if id == "" {
		return ""
	}
	h := sha256.Sum256([]byte(p.seed + "\x00" + strings.ToLower(id)))
	h[6], h[8] = h[6]&0x0f|0x40, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
