package apps

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Mapped returns the attributes that a schema sends and those that it matches by, as "User.title"
// and "Group.displayName". References to other objects and passwords are left out.
func Mapped(s *syncschema.Schema) (mapped, matching []string, err error) {
	rule, _, err := s.Outbound()
	if err != nil {
		return nil, nil, exit.Usage("", "%w", err)
	}
	for _, m := range rule.ObjectMappings {
		kind := m.TargetObjectName[strings.LastIndex(m.TargetObjectName, ":")+1:]
		if !m.Enabled || kind != "User" && kind != "Group" {
			continue
		}
		for _, a := range m.AttributeMappings {
			if a.MatchingPriority > 0 {
				matching = append(matching, kind+"."+a.TargetAttributeName)
			}
			if plain(a.TargetAttributeName) {
				mapped = append(mapped, kind+"."+a.TargetAttributeName)
			}
		}
	}
	return mapped, matching, nil
}

// plain reports an attribute whose value stands for itself.
func plain(name string) bool {
	last := strings.ToLower(name[strings.LastIndex(name, ":")+1:])
	if slices.Contains([]string{"", "id", "members", "manager", "groups", "password"}, last) {
		return false
	}
	return !strings.Contains(name, "[") || strings.Contains(name, "[type eq ")
}
