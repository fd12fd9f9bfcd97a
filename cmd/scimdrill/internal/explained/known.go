package explained

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/explain"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/options"
)

// kinds is what an argument of explain can be.
const kinds = "file, check, defect, variant, rule, option, function, error code or cause"

// unknown is the error of an id that nothing has. An id that differs only in its punctuation, or
// in zeros before its number, is the one that was meant.
func unknown(id string) error {
	var same, all []string
	for _, k := range known() {
		all = append(all, k)
		if plain(k) == plain(id) {
			same = append(same, k)
		}
	}
	if len(same) > 0 {
		return fmt.Errorf("unknown %s %q; hint: did you mean %s?", kinds, id, strings.Join(same, " or "))
	}
	return nearest.Unknown(kinds, id, all, "`scimdrill conform --list`, `scimdrill target --list-defects` and "+catalog.Site+" list them")
}

// plain is an id without what people get wrong: letter case, punctuation, zeros before a number.
func plain(id string) string {
	var b strings.Builder
	digits := false
	for _, r := range strings.ToLower(id) {
		switch {
		case r == '0' && !digits:
			continue
		case r >= '0' && r <= '9':
			digits = true
		case r >= 'a' && r <= 'z':
			digits = false
		default:
			digits = false
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// known lists every id.
func known() []string {
	var ids []string
	for _, c := range suites.All() {
		ids = append(ids, string(c.ID))
	}
	for _, d := range target.Catalog() {
		ids = append(append(ids, d.ID), d.Aliases...)
	}
	for _, v := range target.Variants() {
		ids = append(ids, v.ID)
	}
	ids = append(append(ids, explain.Codes()...), docs.Rules()...)
	for _, o := range options.All() {
		ids = append(ids, o.Name)
	}
	for _, f := range expression.Functions() {
		ids = append(ids, f.Name)
	}
	for _, c := range catalog.Causes() {
		ids = append(ids, c.Key)
	}
	for _, c := range explain.Causes() {
		ids = append(ids, c.Key)
	}
	return ids
}
