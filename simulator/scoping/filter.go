package scoping

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Options are what the documents leave open about filters.
type Options struct {
	// AnchoredPatterns makes a pattern match all of a value and not a part of it.
	AnchoredPatterns bool
	// ListOperand reads the filter value of & and !& as a list: the attribute has to be one of
	// its entries and not any part of it.
	ListOperand bool
	// EndsIgnoringCase compares ENDS_WITH without regard to case.
	EndsIgnoringCase bool
	// LooseNumbers takes a size that is no number; its clause is never true.
	LooseNumbers bool
	// NullDiffers makes NOT EQUALS and !& true where the attribute has no value.
	NullDiffers bool
	// AnyValue lets one of several values satisfy a clause, not all of them.
	AnyValue bool
	// RefusePresent refuses the operator Present, which is evaluated as IS NOT NULL otherwise.
	RefusePresent bool
	// NoCertificate takes the operator Valid Cert Match, whose clause is never true.
	NoCertificate bool
}

// Filter holds the compiled attribute filters of one object mapping, in three sets (E-86). A
// nil Filter lets everything pass (E-75, E-87). It is safe for concurrent use.
type Filter struct {
	scope, input, category []group
}

// group is one filter of the portal: its clauses are joined by AND.
type group struct {
	name    string
	clauses []clause
}

// Attributes reads an attribute of the source object under the name of the provisioning schema.
type Attributes func(name string) any

// Compile prepares the filters of an object mapping; nil when there are none. The error
// lists every mistake that syncschema calls an error, with its path.
func Compile(s *syncschema.Schema, om *syncschema.ObjectMapping, o Options) (*Filter, error) {
	if om.Scope.Empty() {
		return nil, nil
	}
	source, _ := s.Definitions(om)
	var errs []error
	for _, i := range om.Scope.Check(source, syncschema.FilterRules{LooseNumbers: o.LooseNumbers, RefusePresent: o.RefusePresent, NoCertificate: o.NoCertificate}) {
		if i.Severity == syncschema.SeverityError {
			errs = append(errs, fmt.Errorf("scope.%s: %s", i.Path, i.Text))
		}
	}
	f := &Filter{}
	if len(errs) == 0 {
		for _, set := range []struct {
			to   *[]group
			from []syncschema.FilterGroup
		}{{&f.scope, om.Scope.Groups}, {&f.input, om.Scope.InputGroups}, {&f.category, om.Scope.CategoryGroups}} {
			var err error
			if *set.to, err = compileGroups(set.from, o); err != nil {
				errs = append(errs, err)
			}
		}
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("schema %s, mapping %q: %w", s.Name(), om.Name, errors.Join(errs...))
	}
	return f, nil
}

// compileGroups leaves out filters without clauses.
func compileGroups(groups []syncschema.FilterGroup, o Options) ([]group, error) {
	var out []group
	for _, g := range groups {
		if len(g.Clauses) == 0 {
			continue
		}
		compiled := group{name: g.Name}
		for _, c := range g.Clauses {
			one, err := newClause(c, o)
			if err != nil {
				return nil, fmt.Errorf("filter %q: %w", g.Name, err)
			}
			compiled.clauses = append(compiled.clauses, one)
		}
		out = append(out, compiled)
	}
	return out, nil
}

// Reads reports whether an object passes the input filters. One that does not is dropped
// while reading: nothing is done about it, and leaving does not deprovision (E-86).
func (f *Filter) Reads(read Attributes) (bool, error) {
	if f == nil {
		return true, nil
	}
	return passes(f.input, read)
}

// Belongs reports whether an object passes the category filters, which say if the object
// mapping is about it at all (E-86).
func (f *Filter) Belongs(read Attributes) (bool, error) {
	if f == nil {
		return true, nil
	}
	return passes(f.category, read)
}

// passes joins clauses by AND and filters by OR (E-75).
func passes(groups []group, read Attributes) (bool, error) {
	if len(groups) == 0 {
		return true, nil
	}
	for i := range groups {
		all := true
		for j := range groups[i].clauses {
			c := &groups[i].clauses[j]
			ok, err := c.holds(read(c.attribute))
			if err != nil {
				return false, err
			}
			all = all && ok
		}
		if all {
			return true, nil
		}
	}
	return false, nil
}

// Verdict is what the scoping filters say about one object.
type Verdict struct {
	Failed bool
	// Result is ScopeEvaluationResult of the log: each clause with its outcome, as JSON (E-68, G-37).
	Result string
	// Untrue are the clauses that do not hold, in the order of Result.
	Untrue []string
}

// Evaluate evaluates every clause of every scoping filter, for the log shows them all (E-75 to E-79).
func (f *Filter) Evaluate(read Attributes) (Verdict, error) {
	if f == nil || len(f.scope) == 0 {
		return Verdict{Result: "{}"}, nil
	}
	v := Verdict{Failed: true}
	var members []string
	seen := map[string]bool{}
	for i := range f.scope {
		all := true
		for j := range f.scope[i].clauses {
			c := &f.scope[i].clauses[j]
			ok, err := c.holds(read(c.attribute))
			if err != nil {
				return Verdict{}, fmt.Errorf("scoping filter %q: %w", f.scope[i].name, err)
			}
			all = all && ok
			if key := f.scope[i].name + "." + c.label; !seen[key] {
				seen[key] = true
				members = append(members, member(key, ok))
				if !ok {
					v.Untrue = append(v.Untrue, key)
				}
			}
		}
		v.Failed = v.Failed && !all
	}
	v.Result = "{" + strings.Join(members, ",") + "}"
	return v, nil
}

// member is one member of the result's JSON, in the order of the schema.
func member(key string, ok bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(key); err != nil {
		return `"":false` // a string always encodes
	}
	return fmt.Sprintf("%s:%t", strings.TrimSuffix(b.String(), "\n"), ok)
}
