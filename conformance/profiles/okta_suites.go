package profiles

import (
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
)

const localRun = "This is a local run of a list that Okta publishes, by a simulator. Only Okta's own run counts. Names and domains are those of this run, and nothing waits between the steps. "

// oktaSuites are the lists that Okta publishes, an assertion a row.
func oktaSuites() []Profile {
	return []Profile{
		list(catalog.OktaSpec, "Okta's SPEC suite, run locally", "2024-05-13", localRun+
			"The first user of the target must be complete. R10 is optional, and the quickest of three responses counts."),
		crud(list(catalog.OktaCRUD, "Okta's CRUD suite, run locally", "2016", localRun+
			"What Okta sends to the target between the assertions comes from this simulator, as an app of the catalogue would send it. The steps in an Okta organization are open.")),
		list(catalog.OktaEntitlements, "Okta's entitlements suite, run locally", "2025-11", localRun+
			"Each assertion is made on every endpoint of a resource type with Okta's schemas for roles or entitlements."),
	}
}

// list is the profile of the check that runs a list.
func list(name, title, date, note string) Profile {
	p := Profile{Name: name, Title: title, Note: note, Date: date, Foreign: true, Arranged: true}
	for _, c := range suites.Lists() {
		if c.Profile != name {
			continue
		}
		p.Source = c.Basis
		for _, subject := range c.Subjects {
			p.Rows = append(p.Rows, Row{Name: subject, Checks: []catalog.ID{c.ID}, Subject: subject})
		}
	}
	return p
}

// crud puts the steps in an Okta organization between the assertions on the target.
func crud(p Profile) Profile {
	const needs = "needs an Okta organization"
	at := map[string][]string{
		"4: status is 200": {
			"1: GET the app: status is 200", "2: POST a user: status is 200", "3: assign the user to the app: status is 200",
		},
		"6: status is 200":  {"5: update the first name: status is 200"},
		"8: status is 200":  {"7: deactivate the user: status is 200"},
		"11: status is 200": {"9: activate the user: status is 200", "10: assign the user again: status is 200"},
		"13: status is 200": {"12: remove the assignment: status is 204"},
	}
	var rows []Row
	for _, r := range p.Rows {
		for _, name := range at[r.Name] {
			rows = append(rows, Row{Name: name, Open: needs})
		}
		rows = append(rows, r)
	}
	p.Rows = rows
	return p
}
