package profiles

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// Profile is a profile with a table.
type Profile struct {
	Name, Title string
	// Note says what the table is worth. It stands above the rows in every format.
	Note string
	// Source is the document that the rows come from, and Date when it was read.
	Source catalog.Basis
	Date   string
	// Arranged reports that what cannot be arranged fails in the source as well: a test there makes
	// its own objects.
	Arranged bool
	// Foreign reports a profile of another client than Entra.
	Foreign bool
	Rows    []Row
}

// Row is a test or a demand of the source.
type Row struct {
	Name string
	// Kind says how much the row counts in the source.
	Kind string
	// Checks decide the row. With Any, one that passes is enough.
	Checks []catalog.ID
	Any    bool
	// Subject is the only subject of the checks that counts, such as one assertion of a list.
	Subject string
	// Fact is the name of what the caller of the checks knows, which decides a row without checks.
	Fact string
	// Note says what is not known about the row.
	Note string
	// Open says why no check decides the row, and who can.
	Open string
}

// All returns all profiles with a table.
func All() []Profile {
	return slices.Concat([]Profile{validator(), gallery(), ipsieAL1(), ipsieAL2()}, okta(), oktaSuites(), []Profile{onelogin()}, clientForms())
}

// Names returns the names of all profiles with a table.
func Names() []string {
	var out []string
	for _, p := range All() {
		out = append(out, p.Name)
	}
	return out
}

// Lookup returns the profile with a name.
func Lookup(name string) (Profile, bool) {
	list := All()
	i := slices.IndexFunc(list, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return Profile{}, false
	}
	return list[i], true
}

// Has reports whether a check decides a row of the profile.
func (p Profile) Has(id catalog.ID) bool {
	return slices.ContainsFunc(p.Rows, func(r Row) bool { return slices.Contains(r.Checks, id) })
}

// Of returns the names of the profiles in which a check decides a row.
func Of(id catalog.ID) []string {
	var out []string
	for _, p := range All() {
		if p.Has(id) {
			out = append(out, p.Name)
		}
	}
	return out
}
