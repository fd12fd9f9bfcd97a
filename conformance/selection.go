package conformance

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/profiles"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// The profiles. rfc and entra set how findings are graded; attributes and groups limit which
// checks run, and so do the profiles with a table.
const (
	profileRFC   = "rfc"
	profileEntra = "entra"
)

// Profiles returns the names of all profiles.
func Profiles() []string {
	return append([]string{profileEntra, profileRFC, catalog.Attributes, catalog.Groups}, profiles.Names()...)
}

// ErrNothing reports that no check was selected.
var ErrNothing = errors.New("no check was selected; hint: `scimdrill conform --list` lists all checks")

// Known reports whether an id, with or without a subject, is that of a check.
func Known(id string) bool {
	_, ok := suites.Lookup(catalog.ParseID(id))
	return ok
}

// Select returns the checks that the options select, sorted by id.
func Select(o Options) ([]catalog.Check, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	matches, err := types.ParseLabelFilter(o.LabelFilter)
	if err != nil {
		return nil, fmt.Errorf("label filter %q: %w", o.LabelFilter, err)
	}
	ids := make([]catalog.ID, len(o.Checks))
	for i, id := range o.Checks {
		ids[i] = catalog.ParseID(id)
	}
	var out []catalog.Check
	covers := o.covering()
	for _, c := range suites.All() {
		if (len(ids) == 0 || slices.Contains(ids, c.ID)) && contains(o.Levels, string(c.Level)) &&
			(!o.Quick || suites.Quick(c.ID)) && covers(c) && needsOne(c, o.Features) && matches(c.Labels()) {
			out = append(out, c)
		}
	}
	if len(out) > 0 && !o.Picked() && len(o.Levels) == 0 {
		out = withBases(out)
	}
	if len(out) == 0 {
		return nil, cmp.Or(unknownLabel(o.LabelFilter), ErrNothing)
	}
	return out, nil
}

// withBases adds the checks about what would block others, such as a missing PATCH.
func withBases(list []catalog.Check) []catalog.Check {
	for _, c := range suites.Checks() {
		base := c.Cause == catalog.NotKept || slices.Contains([]string{catalog.Missing(catalog.Patch), catalog.Missing(catalog.GroupsHere)}, c.Cause)
		if base && !slices.ContainsFunc(list, func(o catalog.Check) bool { return o.ID == c.ID }) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b catalog.Check) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// unknownLabel is the error of the first label in a filter that no check has, or nil. A
// filter may name such a label as long as it selects something, as in !slow.
func unknownLabel(filter string) error {
	var known []string
	for _, c := range suites.All() {
		known = append(known, c.Labels()...)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, label := range regexp.MustCompile(`/[^/]*/|[\w-]+:[\w-]+`).FindAllString(filter, -1) {
		isLabel := func(l string) bool { return strings.EqualFold(l, label) }
		if !strings.HasPrefix(label, "/") && !slices.ContainsFunc(known, isLabel) {
			return nearest.Unknown("label", label, known, "the labels are id:, level:, suite:, profile: and feature: with a name behind them")
		}
	}
	return nil
}

// Picked reports whether checks are selected by id, feature or label. Without credentials of
// another tenant, selected tenancy checks are then skipped. Otherwise, they are left out.
func (o Options) Picked() bool {
	return len(o.Checks) > 0 || len(o.Features) > 0 || o.LabelFilter != ""
}

// validate rejects unknown profiles, levels, features and checks.
func (o Options) validate() error {
	for _, p := range o.Profiles {
		if !slices.Contains(Profiles(), p) {
			return nearest.Unknown("profile", p, Profiles(), "")
		}
	}
	levels := []string{string(catalog.Client), string(catalog.Entra), string(catalog.Must), string(catalog.Should)}
	for _, l := range o.Levels {
		if !slices.Contains(levels, strings.ToUpper(l)) {
			return nearest.Unknown("level", l, levels, "")
		}
	}
	for _, f := range o.Features {
		if !slices.Contains(catalog.Features(), strings.ToLower(f)) {
			return nearest.Unknown("feature", f, catalog.Features(), "")
		}
	}
	for _, name := range o.Require {
		if !slices.Contains(catalog.Features(), name) && strings.ContainsAny(name, " \t\"") {
			return fmt.Errorf("--require %q is neither a feature nor an attribute; hint: for example groups, filter or name.givenName", name)
		}
	}
	for _, id := range o.Checks {
		if !Known(id) {
			return suites.Unknown(id)
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	return len(list) == 0 || slices.ContainsFunc(list, func(e string) bool { return strings.EqualFold(e, s) })
}

// covering returns whether the profiles include a check. Without a profile that selects, they
// include every check but those of one profile only, which an id selects as well.
func (o Options) covering() func(catalog.Check) bool {
	var tables []profiles.Profile
	var subjects []string
	for _, name := range o.Profiles {
		if p, ok := profiles.Lookup(name); ok {
			tables = append(tables, p)
		} else if name == catalog.Attributes || name == catalog.Groups {
			subjects = append(subjects, name)
		}
	}
	return func(c catalog.Check) bool {
		switch {
		case c.Profile == catalog.Leavers:
			return o.Access != nil || len(o.Checks) > 0
		case len(tables)+len(subjects) == 0:
			return c.Profile == "" || len(o.Checks) > 0
		case c.Profile == "" && slices.Contains(subjects, c.About):
			return true
		}
		return slices.ContainsFunc(tables, func(p profiles.Profile) bool { return p.Has(c.ID) })
	}
}

// tables decides the tables of the selected profiles.
func (f *fold) tables() []reports.Table {
	var out []reports.Table
	for _, name := range f.options.Profiles {
		if p, ok := profiles.Lookup(name); ok {
			out = append(out, p.Table(f.checks, f.options.Facts))
		}
	}
	return out
}

func needsOne(c catalog.Check, features []string) bool {
	return len(features) == 0 || slices.ContainsFunc(features, func(f string) bool { return slices.Contains(c.Needs, strings.ToLower(f)) })
}

// judging returns the profiles, with rfc and entra added if neither is given. What only Entra needs is
// not held against a run for another client.
func (o Options) judging() []string {
	if slices.Contains(o.Profiles, profileRFC) || slices.Contains(o.Profiles, profileEntra) {
		return o.Profiles
	}
	entra := func(name string) bool { p, _ := profiles.Lookup(name); return !p.Foreign }
	if len(o.Profiles) > 0 && !slices.ContainsFunc(o.Profiles, entra) {
		return append(slices.Clone(o.Profiles), profileRFC)
	}
	return append(slices.Clone(o.Profiles), profileRFC, profileEntra)
}
