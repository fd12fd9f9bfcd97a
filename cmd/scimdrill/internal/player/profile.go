package player

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// profile is a load with a name.
type profile struct {
	name, rate, failIf, meaning string
	closed                      bool
	// lanes are the requests under way of a closed profile; 0 is the usual number.
	lanes int
}

// profiles lists them. The figures are in docs/decisions/simulator-replay.md.
func profiles() []profile {
	return []profile{
		{name: "entra-gallery", rate: "25/s", failIf: "errors>0.1%,rate<95%", meaning: "25 requests a second per tenant, which Microsoft requires of a gallery application"},
		{name: "entra-typical", rate: "1/s for 50s, 7/s for 10s, repeat", meaning: "about 2 requests a second, in bursts, as an initial cycle of Entra has on average"},
		{name: "entra-burst", rate: "25/s for 60s, 100/s for 60s, 25/s", meaning: "four times the required rate for a minute"},
		{name: "okta-import", closed: true, lanes: 1, meaning: "one request after another, as an import of Okta reads its pages"},
		{name: "max", closed: true, meaning: "as fast as the target responds, with --concurrency requests under way"},
		{name: "multi-tenant=N", rate: "25/s", failIf: "errors>0.1%,rate<95%", meaning: "25 requests a second for each of N tenants; needs --tenant-token-file"},
	}
}

// find gives a profile by its name, and for multi-tenant=N the number of tenants.
func find(text string) (p profile, tenants int, err error) {
	name, number, counted := strings.Cut(text, "=")
	var known []string
	for _, p := range profiles() {
		own, _, counts := strings.Cut(p.name, "=")
		known = append(known, p.name)
		if own != name || counts != counted {
			continue
		}
		if !counts {
			return p, 0, nil
		}
		if tenants, err = strconv.Atoi(number); err != nil || tenants < 1 {
			return p, 0, fmt.Errorf("profile %q: %q is not a number of tenants", text, number)
		}
		return p, tenants, nil
	}
	return profile{}, 0, nearest.Unknown("load profile", text, known, "the profiles are "+strings.Join(known, ", "))
}

// schedule is what a profile says of the time.
func (p profile) schedule() (replay.Schedule, error) {
	if p.closed {
		return replay.Schedule{}, nil
	}
	return replay.ParseRate(p.rate)
}
