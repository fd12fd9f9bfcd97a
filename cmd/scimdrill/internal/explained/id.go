package explained

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// subject is what is known about an id: lines with labels, in order.
type subject struct {
	ID    string  `json:"id"`
	Kind  string  `json:"kind"`
	Title string  `json:"title"`
	Facts []label `json:"facts"`
}

type label struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (s *subject) add(name, text string) {
	if text != "" {
		s.Facts = append(s.Facts, label{name, text})
	}
}

// ID prints what is known about the id of a check, a defect, a rule, an error code or a cause.
func ID(con *console.Console, id string, asJSON bool) error {
	var found []subject
	for _, find := range []func(string) (subject, bool){checkOf, defectOf, ruleOf, codeOf, causeOf} {
		if s, ok := find(strings.TrimSpace(id)); ok {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return unknown(id)
	}
	if asJSON {
		return con.PrintIndented(found)
	}
	for i, s := range found {
		if i > 0 {
			con.Print("")
		}
		con.Row(s.ID+"  ", s.Title)
		con.Row("  kind      ", s.Kind)
		for _, f := range s.Facts {
			con.Row("  "+f.Name+strings.Repeat(" ", max(10-len(f.Name), 1)), f.Text)
		}
	}
	return nil
}

func unknown(id string) error {
	var known []string
	for _, c := range suites.All() {
		known = append(known, string(c.ID))
	}
	for _, d := range target.Catalog() {
		known = append(known, d.ID)
	}
	known = append(known, explain.Codes()...)
	known = append(known, docs.Rules()...)
	return exit.Usage("", "%w", nearest.Unknown("file, check, defect, rule or error code", id, known,
		"`scimdrill conform --list`, `scimdrill target --list-defects` and docs/why/behaviour.md list them"))
}

func checkOf(id string) (subject, bool) {
	c, ok := suites.Lookup(catalog.ParseID(id))
	if !ok {
		return subject{}, false
	}
	s := subject{ID: string(c.ID), Kind: "check (" + string(c.Level) + ", " + c.Suite + ")", Title: c.Title}
	s.add("why", c.Why)
	s.add("fix", c.Fix)
	if cause, ok := catalog.LookupCause(c.Cause); ok {
		s.add("cause", cause.Title+". "+cause.Fix)
	}
	s.add("basis", c.Basis.Kind+": "+c.Basis.Ref+" "+c.Basis.URL)
	s.add("rule", c.Rule)
	for _, d := range target.Catalog() {
		if slices.Contains(d.Killers, string(c.ID)) {
			s.add("finds", d.ID+": "+d.Title)
		}
	}
	s.add("run", "scimdrill conform --target URL --check "+string(c.ID))
	return s, true
}

func defectOf(id string) (subject, bool) {
	for _, d := range target.Catalog() {
		if !strings.EqualFold(d.ID, id) && !slices.ContainsFunc(d.Aliases, func(a string) bool { return strings.EqualFold(a, id) }) {
			continue
		}
		s := subject{ID: d.ID, Kind: "defect (" + d.Severity + ", " + d.Class + ")", Title: d.Title}
		for _, killer := range d.Killers {
			if c, ok := suites.Lookup(catalog.ParseID(killer)); ok {
				s.add("why", c.Why)
				s.add("fix", c.Fix)
				s.add("found by", string(c.ID)+": "+c.Title)
			}
		}
		for _, source := range d.Sources {
			s.add("source", source)
		}
		s.add("try", "scimdrill target --defect "+d.ID)
		return s, true
	}
	return subject{}, false
}

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
	return s, true
}

func codeOf(id string) (subject, bool) {
	c, ok := explain.LookupCode(id)
	if !ok {
		return subject{}, false
	}
	s := subject{ID: id, Kind: "error code of the provisioning log", Title: c.Cause.What}
	if c.Prefixed {
		s.add("code", c.Name+", with the prefix of a connector")
	}
	s.cause(c.Cause)
	return s, true
}

func causeOf(id string) (subject, bool) {
	if c, ok := explain.Lookup(id); ok {
		s := subject{ID: c.Key, Kind: "cause of an entry of the provisioning log", Title: c.What}
		s.cause(c)
		return s, true
	}
	if c, ok := catalog.LookupCause(id); ok {
		s := subject{ID: c.Key, Kind: "cause of findings of conform", Title: c.Title}
		s.add("fix", c.Fix)
		return s, true
	}
	return subject{}, false
}

func (s *subject) cause(c explain.Cause) {
	s.add("why", c.Why)
	for _, r := range c.Remedies {
		s.add("change", r.Place.Phrase()+": "+r.Do)
	}
	s.add("rules", strings.Join(c.Rules, ", "))
	by := byCause()[c.Key]
	s.add("checks", strings.Join(by.Checks, ", "))
	s.add("defects", strings.Join(by.Defects, ", "))
}
