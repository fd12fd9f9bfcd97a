package nearest_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/nearest"
)

func TestUnknown(t *testing.T) {
	t.Parallel()
	known := []string{"goto", "gotomeeting", "citrix-gotomeeting", "Switch", "ToUpper", "sap-cloud-identity-services"}
	for name, want := range map[string]string{
		"gotto":                 `unknown profile "gotto"; hint: did you mean goto?`,
		"GOTO":                  `unknown profile "GOTO"; hint: did you mean goto?`,
		"Swich":                 `unknown profile "Swich"; hint: did you mean Switch?`,
		"switch":                `unknown profile "switch"; hint: did you mean Switch?`,
		"Upper":                 `unknown profile "Upper"; hint: did you mean ToUpper?`,
		"meeting":               `unknown profile "meeting"; hint: did you mean gotomeeting or citrix-gotomeeting?`,
		"SAP":                   `unknown profile "SAP"; hint: did you mean sap-cloud-identity-services?`,
		"xy":                    `unknown profile "xy"; hint: use one of ` + strings.Join(known, ", "),
		"":                      `unknown profile ""; hint: use one of ` + strings.Join(known, ", "),
		strings.Repeat("g", 80): `unknown profile "` + strings.Repeat("g", 80) + `"; hint: use one of ` + strings.Join(known, ", "),
	} {
		if got := nearest.Unknown("profile", name, known, "").Error(); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	if got := nearest.Unknown("check", "XXX-999", known,
		"`scimdrill conform --list` lists all checks").Error(); got != "unknown check \"XXX-999\"; hint: `scimdrill conform --list` lists all checks" {
		t.Error(got)
	}
	if got := nearest.Unknown("user", "eve", nil, "").Error(); got != `unknown user "eve"` {
		t.Error(got)
	}
}
