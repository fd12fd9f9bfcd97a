package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// recordAppears is when the administrator publishes the code of the partner's domain: on
// Tuesday at 14:00.
const recordAppears = 30 * time.Hour

// partnerDomain is the domain that is not verified on Monday.
func (d *demo) partnerDomain() string { return "partner." + d.id.RunID + ".example" }

// organization is the built-in one, with the domains of the week.
func (d *demo) organization() (gotopersona.Config, error) {
	cfg, err := gotopersona.Default("goto")
	if err != nil {
		return cfg, fmt.Errorf("organization of the demo: %w", err)
	}
	cfg.Domains = []gotopersona.Domain{{Name: d.id.RunID + ".example", Verified: true}, {Name: d.partnerDomain(), Publish: duration.Field(recordAppears)}}
	cfg.Assumptions.Settle = gotopersona.DefaultAssumptions().Settle
	return cfg, nil
}

// partner writes the joiner of Monday whose domain is not verified yet, a member of Sales.
func (d *demo) partner(w io.Writer, tenant string) error {
	sales := ""
	for line := range strings.Lines(tenant) {
		var g struct{ ID, DisplayName string }
		if json.Unmarshal([]byte(line), &g) == nil && g.DisplayName == d.id.RunID+" Sales" {
			sales = g.ID
		}
	}
	const id = "9a97e000-0000-4000-8000-000000000001"
	_, err := fmt.Fprintf(w, `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":%q,"userPrincipalName":%q,"givenName":"Pat","surname":"Partner","displayName":"Pat Partner","accountEnabled":true}
{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":%q,"members@delta":[{"@odata.type":"#microsoft.graph.user","id":%q}]}
`, id, "pat.partner@"+d.partnerDomain(), sales, id)
	return err //nolint:wrapcheck // a buffer in memory
}

// seats says how many seats of each product are in use, and who waits.
func seats(s gotopersona.State) string {
	var list []string
	for _, p := range s.Products {
		text := fmt.Sprintf("%s %d of %d", p.Name, p.Used, p.Seats)
		if len(p.Waiting) > 0 {
			text += fmt.Sprintf(" (%d waiting)", len(p.Waiting))
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// seatsOfDirectory works out from what the target holds, and from a table of its own, what
// the seats should be: a member of a group with one of these words wants the product.
func seatsOfDirectory(t *target.Target) string {
	active := map[string]bool{}
	for _, u := range t.Snapshot("/Users") {
		active[u["id"].(string)] = u["active"] != false
	}
	var list []string
	for _, p := range []struct {
		product string
		seats   int
		words   []string
	}{
		{"GoTo Connect", 60, []string{"Customer Success", "Sales"}},
		{"GoTo Meeting", 100, []string{" IT", "Sales", "Engineering"}},
		{"GoTo Webinar", 20, []string{"Marketing"}},
		{"GoTo Resolve", 15, []string{" IT", "Customer Success"}},
	} {
		want := map[string]bool{}
		for _, g := range t.Snapshot("/Groups") {
			if !slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(g["displayName"].(string), w) }) {
				continue
			}
			members, _ := g["members"].([]any)
			for _, m := range members {
				if active[m.(string)] {
					want[m.(string)] = true
				}
			}
		}
		text := fmt.Sprintf("%s %d of %d", p.product, min(len(want), p.seats), p.seats)
		if more := len(want) - p.seats; more > 0 {
			text += fmt.Sprintf(" (%d waiting)", more)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// partnerStory says what became of the partner: when the account was refused, when the
// domain was verified, and what the account has at the end.
func (d *demo) partnerStory(job *reports.Job, end gotopersona.State) string {
	appears := engine.Start().Add(recordAppears)
	before, after := "never", "never"
	for _, c := range job.Cycles {
		switch {
		case c.Counts.Failed == 0:
		case c.Began.Before(appears):
			before = "before verification"
		default:
			after = "after verification"
		}
	}
	verified := slices.ContainsFunc(end.Domains, func(o gotopersona.DomainState) bool {
		return o.Name == d.partnerDomain() && o.Verified != nil && !o.Verified.Before(appears)
	})
	account := "no account"
	for _, u := range end.Users {
		if strings.HasSuffix(u.UserName, "@"+d.partnerDomain()) {
			account = "seats " + strings.Join(u.Seats, ", ")
		}
	}
	return fmt.Sprintf("rejected %s, then %s; domain verified: %t; %s", before, after, verified, account)
}

// organized adds what the persona came to.
func (d *demo) organized(s *reports.Simulation, expect func(title, expected, actual string)) {
	end := d.persona.State()
	expect("User Sync turns directory groups into seats ("+gotopersona.Short+")", seatsOfDirectory(d.target), seats(end))
	expect("A user of an unverified domain is rejected, retried, and created once the domain is verified",
		"rejected before verification, then never; domain verified: true; seats GoTo Connect, GoTo Meeting", d.partnerStory(&s.Jobs[0], end))
	for _, e := range []struct {
		at    time.Time
		title string
	}{
		{engine.Start(), "seats at the start: none in use (" + gotopersona.Short + ")"},
		{d.early.Now, "seats after the first cycle: " + seats(d.early)},
		{engine.Start().Add(recordAppears), "the TXT record of " + d.partnerDomain() + " appears"},
		{end.Now, fmt.Sprintf("seats after the week: %s; %d welcome mails", seats(end), len(end.Mails))},
	} {
		s.Events = append(s.Events, reports.Event{At: e.at, Kind: reports.EventChange, Title: e.title})
	}
	slices.SortStableFunc(s.Events, func(a, b reports.Event) int { return a.At.Compare(b.At) })
}
