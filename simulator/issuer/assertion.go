package issuer

import "time"

// assertionLife is that of the example in Microsoft's text (W-130).
const assertionLife = 65 * time.Minute

// WorkloadID is the application id of the made-up workload identity.
func WorkloadID() string { return made("workload identity") }

// AssertionAudience is the aud of assertions where no other is named (W-130).
func AssertionAudience() string { return "api://" + WorkloadID() }

// Subject is the sub of assertions, which a vendor is told to expect (W-130).
func Subject() string { return made("provisioning service") }

// Assertion signs what stands for a client secret at a vendor's token endpoint: the form of
// workload identity federation (W-130), with our issuer in the place of Microsoft's. An empty
// audience is AssertionAudience.
func (i *Issuer) Assertion(now time.Time, audience string) (string, error) {
	if audience == "" {
		audience = AssertionAudience()
	}
	return i.sign(now, assertionLife, claims{
		Audience: audience, AppID: WorkloadID(), AppIDACR: "2", IDP: Name, Object: made("object of the workload identity"), Subject: Subject(), Version: "2.0",
	})
}
