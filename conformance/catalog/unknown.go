package catalog

import "github.com/scimdrill/scimdrill/reports/nearest"

// Unknown is the error of an id that no check has.
func Unknown(id string) error {
	var known []string
	for _, c := range Checks() {
		known = append(known, string(c.ID))
	}
	return nearest.Unknown("check", id, known, "`scimdrill conform --list` lists all checks")
}
