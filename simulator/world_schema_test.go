package simulator_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// worldSchema is what an administrator sets in the mappings of the profile, as a whole: a
// later one replaces it.
type worldSchema struct {
	Users   filterSets
	Groups  filterSets
	Without []string `json:",omitempty"` // target attributes of users that are not mapped
	Flow    string   // of users: which of Add, Update and Delete are on (E-115)
}

// filterSets are the three sets of one object mapping (E-86).
type filterSets struct {
	Scope    []andFilter `json:",omitempty"`
	Input    []andFilter `json:",omitempty"`
	Category []andFilter `json:",omitempty"`
}

// andFilter is a list of clauses, joined by AND (E-75).
type andFilter []clause

type clause struct{ Attribute, Operator, Value string }

// allActions is the flow of an object mapping that nobody touched.
const allActions = "Add,Update,Delete"

// plainSchema is the profile as it comes.
func plainSchema() *worldSchema { return &worldSchema{Flow: allActions} }

func (s *worldSchema) does(action string) bool { return strings.Contains(s.Flow, action) }

func (s *worldSchema) maps(attribute string) bool { return !slices.Contains(s.Without, attribute) }

// of are the filters of users or groups.
func (s *worldSchema) of(group bool) *filterSets {
	if group {
		return &s.Groups
	}
	return &s.Users
}

// export writes the schema of a profile with these settings, as Graph has it.
func (s *worldSchema) export(p *fixtures.Profile) (*syncschema.Schema, error) {
	var doc map[string]any
	if err := json.Unmarshal(p.Schema, &doc); err != nil {
		return nil, err
	}
	rules, _ := doc["synchronizationRules"].([]any)
	for _, r := range rules {
		mappings, _ := fields(r)["objectMappings"].([]any)
		for _, m := range mappings {
			s.edit(fields(m))
		}
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	return syncschema.Parse(raw, p.Name)
}

func (s *worldSchema) edit(mapping line) {
	sets := s.of(mapping["sourceObjectName"] == "Group")
	mapping["scope"] = line{
		"groups": exported(sets.Scope), "inputFilterGroups": exported(sets.Input), "categoryFilterGroups": exported(sets.Category),
	}
	if mapping["sourceObjectName"] == "Group" {
		return
	}
	mapping["flowTypes"] = s.Flow
	attributes, _ := mapping["attributeMappings"].([]any)
	mapping["attributeMappings"] = slices.DeleteFunc(attributes, func(a any) bool {
		return !s.maps(text(fields(a)["targetAttributeName"]))
	})
}

func exported(filters []andFilter) []any {
	out := []any{}
	for i, f := range filters {
		clauses := []any{}
		for _, c := range f {
			values := []any{}
			if c.Value != "" {
				values = append(values, c.Value)
			}
			clauses = append(clauses, line{"operatorName": c.Operator, "sourceOperandName": c.Attribute, "targetOperand": line{"values": values}})
		}
		out = append(out, line{"name": fmt.Sprint("filter ", i), "clauses": clauses})
	}
	return out
}

// pass joins filters by OR and their clauses by AND; no filter lets everything pass (E-75).
func pass(filters []andFilter, props line) bool {
	if len(filters) == 0 {
		return true
	}
	return slices.ContainsFunc(filters, func(f andFilter) bool {
		return !slices.ContainsFunc(f, func(c clause) bool { return !c.holds(props[c.Attribute]) })
	})
}

// holds is the table of E-79 for the operators that are drawn. Null makes all of them false
// but IS NULL.
func (c clause) holds(v any) bool {
	if c.Attribute == "userPrincipalName" {
		v = original(text(v)) // E-70
	}
	s, is := v.(string)
	if v == nil || is && s == "" {
		return c.Operator == "IS NULL"
	}
	switch c.Operator {
	case "EQUALS":
		return s == c.Value
	case "NOT EQUALS":
		return s != c.Value
	case "IS TRUE":
		return v == true
	case "IS FALSE":
		return v == false
	case "IS NOT NULL":
		return true
	case "REGEX MATCH":
		return regexp.MustCompile(c.Value).MatchString(s)
	case "NOT REGEX MATCH":
		return !regexp.MustCompile(c.Value).MatchString(s)
	case "Greater_Than":
		return whole(s) > whole(c.Value)
	case "Greater_Than_OR_EQUALS":
		return whole(s) >= whole(c.Value)
	case "Includes":
		return strings.Contains(s, c.Value)
	case "ENDS_WITH":
		return strings.HasSuffix(s, c.Value)
	}
	return false
}

// whole is a number, or less than any that is drawn.
func whole(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// schema draws settings of the mappings.
func (d *drawing) schema() *worldSchema {
	s, app := plainSchema(), applicationOf(d.w.Profile)
	if !d.one(4) {
		s.Users.Scope = d.filters(d.userClause)
	}
	if d.one(4) {
		s.Groups.Scope = d.filters(d.groupClause)
	}
	if d.one(6) {
		s.Users.Input = d.filters(d.userClause)
	}
	if d.one(8) {
		s.Users.Category = d.filters(d.userClause)
	}
	for _, attribute := range []string{"title", "displayName", "name.givenName", "active"} {
		if app.attributes()[attribute] && d.one(6) {
			s.Without = append(s.Without, attribute)
		}
	}
	if d.one(5) {
		s.Flow = pick(d, []string{"Add,Update", "Update,Delete", "Add,Delete", "Add", "Update"})
	}
	return s
}

func (d *drawing) filters(draw func() clause) []andFilter {
	var out []andFilter
	for range 1 + d.IntN(2) {
		f := andFilter{draw()}
		if d.one(3) {
			f = append(f, draw())
		}
		out = append(out, f)
	}
	return out
}

func (d *drawing) userClause() clause {
	number, letter := strconv.Itoa(d.IntN(4)), strconv.Itoa(d.IntN(10))
	return []clause{
		{"department", "EQUALS", "D" + number},
		{"department", "NOT EQUALS", "D" + number},
		{"department", "REGEX MATCH", "^D[0-" + number + "]$"},
		{"department", "NOT REGEX MATCH", "D[" + number + "-9]"},
		{"city", "IS NULL", ""},
		{"city", "IS NOT NULL", ""},
		{"city", "Includes", "o"},
		{"employeeId", "Greater_Than", number + "00"},
		{"employeeId", "Greater_Than_OR_EQUALS", number + "50"},
		{"accountEnabled", "IS TRUE", ""},
		{"accountEnabled", "IS FALSE", ""},
		{"userPrincipalName", "ENDS_WITH", ".test"},
		{"userPrincipalName", "NOT REGEX MATCH", "^[pr][0-9]*" + letter + "@"},
	}[d.IntN(13)]
}

func (d *drawing) groupClause() clause {
	digit := strconv.Itoa(d.IntN(10))
	return []clause{
		{"displayName", "NOT REGEX MATCH", "^Group [0-9]*" + digit + " of"},
		{"displayName", "REGEX MATCH", "^Group [0-9]*[^" + digit + "] of"},
		{"securityEnabled", "IS TRUE", ""},
		{"mailNickname", "NOT EQUALS", "g" + digit},
	}[d.IntN(4)]
}
