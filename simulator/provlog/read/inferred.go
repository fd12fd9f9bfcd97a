package read

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// inferred fills in what other parts of the entry say: a table may lack the type of the object.
func (e *Entry) inferred() {
	if e.SourceIdentity.IdentityType == "" {
		e.SourceIdentity.IdentityType = kindOf(e)
	}
	if e.SourceIdentity.DisplayName == "" {
		for _, key := range []string{"DisplayName", "displayName", "UserPrincipalName", "userPrincipalName"} {
			if text := e.SourceIdentity.Details.Get(key); text != "" {
				e.SourceIdentity.DisplayName = text
				break
			}
		}
	}
	for _, s := range e.ProvisioningSteps {
		if id := s.Details.Get("ReportableIdentifier"); id != "" && e.SourceIdentity.DisplayName == "" {
			e.SourceIdentity.DisplayName = id
		}
	}
}

func kindOf(e *Entry) string {
	if strings.HasSuffix(strings.ToLower(e.TargetIdentity.IdentityType), "group") {
		return "Group"
	}
	for _, s := range e.ProvisioningSteps {
		if s.Type == provlog.Import && strings.Contains(s.Description, "Group '") {
			return "Group"
		}
	}
	return "User"
}
