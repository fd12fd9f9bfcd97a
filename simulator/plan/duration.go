package plan

import "fmt"

// Duration is how long the real service would take for the cycle, by what Microsoft
// published. It is an estimate of theirs, not a measurement of ours.
type Duration struct {
	Rule   string `json:"rule"`
	Source string `json:"source"`
	// Counted is N of E-301; the three parts add up to it.
	Counted     int `json:"n"`
	Users       int `json:"usersInScope"`
	Groups      int `json:"groupsInScope"`
	Memberships int `json:"groupMembers"`
	// MinimumMinutes and MaximumMinutes are null where nothing was published.
	MinimumMinutes *float64 `json:"minimumMinutes"`
	MaximumMinutes *float64 `json:"maximumMinutes"`
	Text           string   `json:"text"`
}

const published = "Microsoft's published estimate, not measured by this tool"

// Estimate applies the published rules. Only the initial cycle of the scope "assigned" has
// a formula (E-301); the table of 2023 for other scopes is too coarse to interpolate (E-304).
func Estimate(initial, all bool, users, groups, memberships int) Duration {
	d := Duration{Source: published, Counted: users + groups + memberships, Users: users, Groups: groups, Memberships: memberships}
	switch {
	case !initial:
		d.Rule = "E-303"
		d.Text = "an incremental cycle usually ends within 10 minutes (Microsoft page of 2023)"
	case all:
		d.Rule = "E-304"
		d.Text = "Microsoft publishes no formula for the scope \"all\"; a page of 2023 has a table: " + row(users+groups)
	default:
		least, most := float64(d.Counted)/100, float64(8*d.Counted)/100
		d.Rule, d.MinimumMinutes, d.MaximumMinutes = "E-301, E-302", &least, &most
		d.Text = fmt.Sprintf("%s to %s minutes (0.01 × N to 0.08 × N); a cycle that creates everything takes about twice as long as one that matches everything", minutes(least), minutes(most))
	}
	return d
}

// row is the line of the table for "all users and groups".
func row(objects int) string {
	switch {
	case objects < 1_000:
		return "below 1,000 users and groups, less than 30 minutes"
	case objects < 10_000:
		return "1,000 to 10,000 users and groups, from less than 30 to 120 minutes"
	case objects < 100_000:
		return "10,000 to 100,000 users and groups, 713 to 1,425 minutes"
	}
	return "the table ends at 100,000 users and groups"
}

func minutes(m float64) string {
	if m < 10 {
		return fmt.Sprintf("%.1f", m)
	}
	return fmt.Sprintf("%.0f", m)
}
