package pseudonym

import (
	"regexp"
	"slices"
	"strings"
)

// kind is what stands at a place.
type kind int

const (
	personal  kind = iota
	structure      // stays
	identity       // an id
	address        // a URL that ends with an id
	path           // of an operation, with values in its filter
	sentence       // for people, with values in it
)

// kinds are the names, in lower case, of what is no value of a person.
func kinds(name string) kind {
	switch name {
	case "schemas", "op", "type", "primary", "active", "resourcetype", "created", "lastmodified", "version", "status", "scimtype",
		"totalresults", "startindex", "itemsperpage", "locale", "preferredlanguage", "timezone", "usertype", "excludedattributes", "attributes", "leftout":
		return structure
	case "id", "bulkid":
		return identity
	case "$ref", "location":
		return address
	case "path":
		return path
	case "detail":
		return sentence
	}
	return personal
}

// last is the attribute of a path: "value" of emails[type eq "work"].value, "department" of an
// extension's URN.
func last(name string) string {
	if bracket := strings.LastIndex(name, "]"); bracket >= 0 {
		name = name[bracket+1:]
	}
	return strings.ToLower(strings.Trim(name[strings.LastIndexAny(name, ":.")+1:], "[]"))
}

// first is the attribute that a path begins with, without filter and URN.
func first(name string) string {
	name, _, _ = strings.Cut(name, "[")
	if strings.HasPrefix(strings.ToLower(name), "urn:") {
		name = name[strings.LastIndex(name, ":")+1:]
	}
	name, _, _ = strings.Cut(name, ".")
	return strings.ToLower(name)
}

// refers reports whether what stands there is the id of another object.
func refers(place []string) bool {
	names := []string{"members", "manager", "groups"}
	for i, name := range place {
		if !slices.Contains(names, first(name)) && !slices.Contains(names, last(name)) {
			continue
		}
		switch last := last(place[len(place)-1]); {
		case i == len(place)-1, last == "value":
			return true // a bare string (W-38, W-63), or value
		}
	}
	return false
}

// at is what a string at a place becomes.
func (n *Names) at(place []string, s string) string {
	if len(place) == 0 {
		return n.value(s)
	}
	name := place[len(place)-1]
	switch k := kinds(last(name)); {
	case k == structure:
		return s
	case k == identity, refers(place):
		return n.id(s)
	case k == address:
		return n.Address(s)
	case k == path && strings.EqualFold(name, "path"):
		return n.path(s)
	case k == sentence:
		return n.words.Known(s)
	}
	return n.value(s)
}

var comparison = regexp.MustCompile(`([\w$.:-]+(?:\[[^\]]*\])?(?:\.[\w$]+)?) (eq|ne|co|sw|ew|gt|ge|lt|le) "((?:[^"\\]|\\.)*)"`)

// path replaces the values in the filter of a path; within members[…] they are ids.
func (n *Names) path(s string) string {
	outer, _, _ := strings.Cut(s, "[")
	return n.comparisons(s, outer)
}

// comparisons replaces what is compared with; outer is the attribute whose filter it is, or "".
func (n *Names) comparisons(s, outer string) string {
	return comparison.ReplaceAllStringFunc(s, func(text string) string {
		m := comparison.FindStringSubmatch(text)
		name, op, value := m[1], m[2], m[3]
		if bracket := strings.Index(name, "["); bracket >= 0 {
			inner := name[bracket+1:]
			if end := strings.Index(inner, "]"); end >= 0 {
				name = name[:bracket+1] + n.comparisons(inner[:end], name[:bracket]) + inner[end:]
			}
		}
		place := []string{m[1]}
		if outer != "" {
			place = []string{outer, m[1]}
		}
		return name + " " + op + ` "` + n.at(place, value) + `"`
	})
}
