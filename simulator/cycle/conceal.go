package cycle

import (
	"slices"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// concealed is what a value looks like that is kept out of the log (E-316).
const concealed = "[Redact]"

// conceal takes the values of attributes out of an entry whose names the user asked to hide,
// and the same from what the source calls the object.
func conceal(redact *exchange.Redactor, s *provlog.Summary) {
	if redact == nil {
		return
	}
	for i := range s.ModifiedProperties {
		p := &s.ModifiedProperties[i]
		if !redact.Hides(p.DisplayName) {
			continue
		}
		for _, value := range []**string{&p.OldValue, &p.NewValue} {
			if *value != nil {
				*value = new(concealed)
			}
		}
	}
	for i := range s.ProvisioningSteps {
		step := &s.ProvisioningSteps[i]
		step.Description = redact.Text(step.Description)
		concealDetails(redact, step.Details)
	}
	concealDetails(redact, s.SourceIdentity.Details)
	if slices.ContainsFunc([]string{"displayName", "userPrincipalName", "mailNickname"}, redact.Hides) {
		s.SourceIdentity.DisplayName = concealed // it is one of the three
	}
	if e := s.ProvisioningStatusInfo.ErrorInformation; e != nil {
		e.Reason = redact.Text(e.Reason)
	}
}

func concealDetails(redact *exchange.Redactor, details provlog.Details) {
	for i, d := range details {
		if redact.Hides(d.Name()) {
			details[i].Value = concealed
		} else {
			details[i].Value = redact.Text(d.Value)
		}
	}
}
