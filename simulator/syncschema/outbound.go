package syncschema

import (
	"errors"
	"fmt"
	"strings"
)

// Outbound returns the rule that a job runs. It is the rule from the Entra directory to a SCIM
// directory with the lowest priority number (G-14, G-50). The second result contains a sentence
// for each ignored rule.
func (s *Schema) Outbound() (*Rule, []string, error) {
	var chosen *Rule
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.unfit() == "" && (chosen == nil || r.Priority < chosen.Priority) {
			chosen = r
		}
	}
	var ignored []string
	for i := range s.Rules {
		r := &s.Rules[i]
		if r == chosen {
			continue
		}
		why := r.unfit()
		if why == "" {
			why = fmt.Sprintf("rule %q has precedence", chosen.Name)
		}
		ignored = append(ignored, fmt.Sprintf("rule %q (%s to %s) does not run: %s", r.Name, r.SourceDirectoryName, r.TargetDirectoryName, why))
	}
	if chosen == nil {
		return nil, ignored, s.noRule(ignored)
	}
	return chosen, ignored, nil
}

func (s *Schema) noRule(ignored []string) error {
	text := "the schema has no synchronization rule"
	if len(ignored) > 0 {
		text = "no rule goes from the Entra directory to a SCIM target: " + strings.Join(ignored, "; ")
	}
	if s.name != "" {
		text = "schema " + s.name + ": " + text
	}
	return errors.New(text + "; hint: export the schema of a provisioning job of a SCIM application")
}

// unfit returns the reason why a rule cannot run, or "".
func (r *Rule) unfit() string {
	switch {
	case !isEntra(r.SourceDirectoryName):
		return "its source is not the Entra directory"
	case isEntra(r.TargetDirectoryName):
		return "its target is the Entra directory"
	case !r.isSCIM():
		return "its target is not a SCIM application"
	}
	return ""
}

// isEntra knows the name before and after the renaming of 2023 (G-14).
func isEntra(directory string) bool {
	return strings.EqualFold(directory, "Microsoft Entra ID") || strings.EqualFold(directory, "Azure Active Directory")
}

// isSCIM looks for SCIM's object names, or for userName, which only SCIM has.
func (r *Rule) isSCIM() bool {
	for i := range r.ObjectMappings {
		m := &r.ObjectMappings[i]
		if strings.HasPrefix(strings.ToLower(m.TargetObjectName), "urn:ietf:params:scim:schemas:") {
			return true
		}
		for _, a := range m.AttributeMappings {
			if strings.EqualFold(a.TargetAttributeName, "userName") {
				return true
			}
		}
	}
	return false
}
