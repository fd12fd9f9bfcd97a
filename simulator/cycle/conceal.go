package cycle

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// concealed is what a value looks like that is kept out of the log (E-316).
const concealed = "[Redact]"

// conceal takes the values of attributes out of an entry whose names the user asked to hide,
// and the same from what the source calls the object.
func (r *run) conceal(s *provlog.Summary) {
	if r.Redact == nil {
		return
	}
	for i := range s.ModifiedProperties {
		p := &s.ModifiedProperties[i]
		if !r.Redact.Hides(p.DisplayName) {
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
		step.Description = r.Redact.Text(step.Description)
		r.concealDetails(step.Details)
	}
	r.concealDetails(s.SourceIdentity.Details)
	if slices.ContainsFunc([]string{"displayName", "userPrincipalName", "mailNickname"}, r.Redact.Hides) {
		s.SourceIdentity.DisplayName = concealed // it is one of the three
	}
	if e := s.ProvisioningStatusInfo.ErrorInformation; e != nil {
		e.Reason, e.AdditionalDetails = r.Redact.Text(e.Reason), r.Redact.Text(e.AdditionalDetails)
	}
}

func (r *run) concealDetails(details provlog.Details) {
	for i, d := range details {
		if r.Redact.Hides(d.Key) {
			details[i].Value = concealed
		} else {
			details[i].Value = r.Redact.Text(d.Value)
		}
	}
}
