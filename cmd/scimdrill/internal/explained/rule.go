package explained

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/simulator/explain"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/options"
)

// ruleOf finds a row of a ledger.
func ruleOf(id string) (subject, bool) {
	r, ok := docs.LookupRule(id)
	if !ok {
		return subject{}, false
	}
	s := subject{ID: r.ID, Kind: "rule (" + r.Page + ")", Title: r.Text}
	s.add("source", r.Source)
	s.add("sure", r.Sure)
	s.add("option", r.Option)
	s.add("tests", r.Tests)
	for _, c := range suites.All() {
		if slices.Contains(strings.FieldsFunc(c.Rule, func(r rune) bool { return r == ',' || r == ' ' }), r.ID) {
			s.add("check", string(c.ID)+": "+c.Title)
		}
	}
	for _, c := range explain.Causes() {
		if slices.Contains(c.Rules, r.ID) {
			s.add("explains", c.What)
		}
	}
	s.docs("why/"+r.Page, r.ID)
	return s, true
}

// optionOf finds an option of the engine.
func optionOf(name string) (subject, bool) {
	for _, o := range options.All() {
		if strings.EqualFold(o.Name, name) {
			s := subject{ID: o.Name, Kind: "option of the engine", Title: o.Meaning}
			s.add("default", o.Default)
			s.add("rule", o.Rule)
			s.add("evidence", o.Evidence)
			s.add("set", "scimdrill simulate --set "+o.Name+"=VALUE")
			s.docs("reference/options", o.Name)
			return s, true
		}
	}
	return subject{}, false
}

// functionOf finds a function of attribute mappings.
func functionOf(name string) (subject, bool) {
	for _, f := range expression.Functions() {
		if strings.EqualFold(f.Name, name) {
			s := subject{ID: f.Name, Kind: "function of expressions (" + f.Group + ")", Title: f.Doc}
			s.add("form", f.Signature())
			s.add("evidence", f.Evidence+" "+f.Source)
			s.add("rule", f.Rule)
			for _, choice := range f.Chosen {
				s.add("chosen", choice)
			}
			s.add("left out", f.Refused)
			s.add("more", "scimdrill expression list "+f.Name)
			s.docs("reference/functions", f.Name)
			return s, true
		}
	}
	return subject{}, false
}
