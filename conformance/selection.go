package conformance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// The profiles. rfc and entra say how is judged, attributes and groups what is checked.
const (
	profileRFC   = "rfc"
	profileEntra = "entra"
)

// Profiles lists the profiles.
func Profiles() []string {
	return []string{profileEntra, profileRFC, catalog.Attributes, catalog.Groups}
}

// ErrNothing says that no check was selected.
var ErrNothing = errors.New("no check was selected; `scimdrill conform --list` shows all")

// Known reports whether there is a check of an id, with or without a subject behind it.
func Known(id string) bool {
	_, ok := catalog.Lookup(catalog.ParseID(id))
	return ok
}

// Select returns the checks that the options choose, by id.
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
	for _, c := range catalog.Checks() {
		if (len(ids) == 0 || slices.Contains(ids, c.ID)) && contains(o.Levels, string(c.Level)) &&
			o.covers(c) && needsOne(c, o.Features) && matches(c.Labels()) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, ErrNothing
	}
	return out, nil
}

// Picked reports that checks are chosen by id, feature or label. Those about another tenant are
// then skipped where none is known, and are else no part of the run.
func (o Options) Picked() bool {
	return len(o.Checks) > 0 || len(o.Features) > 0 || o.LabelFilter != ""
}

// validate looks for words that mean nothing.
func (o Options) validate() error {
	for _, p := range o.Profiles {
		if !slices.Contains(Profiles(), p) {
			return fmt.Errorf("unknown profile %q; the profiles are %s", p, words(Profiles()))
		}
	}
	levels := []string{string(catalog.Entra), string(catalog.Must), string(catalog.Should)}
	for _, l := range o.Levels {
		if !slices.Contains(levels, strings.ToUpper(l)) {
			return fmt.Errorf("unknown level %q; the levels are %s", l, words(levels))
		}
	}
	for _, f := range o.Features {
		if !slices.Contains(catalog.Features(), strings.ToLower(f)) {
			return fmt.Errorf("unknown feature %q; the features are %s", f, words(catalog.Features()))
		}
	}
	for _, id := range o.Checks {
		if !Known(id) {
			return fmt.Errorf("unknown check %q; `scimdrill conform --list` shows all", id)
		}
	}
	return nil
}

func words(list []string) string {
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

func contains(list []string, s string) bool {
	return len(list) == 0 || slices.ContainsFunc(list, func(e string) bool { return strings.EqualFold(e, s) })
}

// covers reports whether the profiles hold a check: all of them, unless some name a subject.
func (o Options) covers(c catalog.Check) bool {
	attributes, groups := slices.Contains(o.Profiles, catalog.Attributes), slices.Contains(o.Profiles, catalog.Groups)
	return !attributes && !groups || attributes && c.About == catalog.Attributes || groups && c.About == catalog.Groups
}

func needsOne(c catalog.Check, features []string) bool {
	return len(features) == 0 || slices.ContainsFunc(features, func(f string) bool { return slices.Contains(c.Needs, strings.ToLower(f)) })
}

// judging is the profiles with those that judge: without one, both do.
func (o Options) judging() []string {
	if slices.Contains(o.Profiles, profileRFC) || slices.Contains(o.Profiles, profileEntra) {
		return o.Profiles
	}
	return append(slices.Clone(o.Profiles), profileRFC, profileEntra)
}
