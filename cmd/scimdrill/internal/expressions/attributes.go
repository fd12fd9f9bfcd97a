package expressions

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Playground holds the attributes of expression eval: those of --attr go before those
// of --user. Names have the letter case of the schema, as in the engine (E-131).
type Playground struct {
	user  *directory.Object
	file  bool
	given map[string][]expression.Value
	order []string                     // names of --attr, as they came
	known *syncschema.ObjectDefinition // the user of the bundled schema
}

// NewPlayground reads a user from a file, which may be "", and attributes as NAME=VALUE.
func NewPlayground(file string, attributes []string) (*Playground, error) {
	user, err := readUser(file)
	if err != nil {
		return nil, err
	}
	profile, err := fixtures.LoadProfile("customappsso")
	if err != nil {
		return nil, err
	}
	schema, err := profile.ParseSchema()
	if err != nil {
		return nil, err
	}
	rule, _, err := schema.Outbound()
	if err != nil {
		return nil, err
	}
	p := &Playground{user: user, file: file != "", given: map[string][]expression.Value{}}
	for i := range rule.ObjectMappings {
		if m := &rule.ObjectMappings[i]; m.SourceObjectName == "User" {
			p.known, _ = schema.Definitions(m)
		}
	}
	for _, text := range attributes {
		name, value, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(strings.Trim(name, "[]"))
		if !ok || name == "" {
			return nil, exit.Usage("for example --attr givenName=Ada", "--attr %q is not NAME=VALUE", text)
		}
		if !slices.Contains(p.order, name) {
			p.order = append(p.order, name)
		}
		p.given[name] = append(p.given[name], p.typed(name, value))
	}
	return p, nil
}

// typed gives a text the type that the schema has for the attribute.
func (p *Playground) typed(name, text string) expression.Value {
	switch d := p.known.Attribute(name); {
	case name == "appRoleAssignments":
		return expression.Role(role(text))
	case d != nil && d.Type == "Boolean" && strings.EqualFold(text, "true"):
		return expression.Boolean(true)
	case d != nil && d.Type == "Boolean" && strings.EqualFold(text, "false"):
		return expression.Boolean(false)
	}
	return expression.String(text)
}

// role reads a role as JSON with id, value and displayName, or takes the text for its value.
func role(text string) expression.AppRole {
	var r expression.AppRole
	if !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(text), &r) != nil {
		return expression.AppRole{Value: text, DisplayName: text}
	}
	return r
}

// Value is the value of an attribute.
func (p *Playground) Value(name string) expression.Value {
	switch values := p.given[name]; {
	case len(values) == 1 && values[0].Kind() != expression.KindRole:
		return values[0]
	case len(values) > 0:
		return expression.List(values...)
	case name == "IsSoftDeleted" && p.file:
		return expression.Boolean(!p.user.Enabled()) // E-142, of a user in scope
	}
	return expression.FromAny(p.user.Attribute(name))
}

// Doubts tells what was probably mistyped: attributes without a value that no user has,
// and --attr that the expression does not read.
func (p *Playground) Doubts(read []string) []string {
	var out []string
	for _, name := range read {
		if p.known.Attribute(name) != nil && p.known.Attribute(name).Name == name || strings.HasPrefix(name, "extension_") || !p.Value(name).IsNull() {
			continue
		}
		near := nearest.Hint(name, append(slices.Clone(p.order), p.names()...))
		hint := "set it with --attr " + name + "=VALUE"
		if near != "" {
			hint = near + " names are case-sensitive"
		}
		out = append(out, fmt.Sprintf("[%s] is not a known attribute of an Entra user, and has no value; %s", name, hint))
	}
	for _, name := range p.order {
		if !slices.Contains(read, name) {
			out = append(out, fmt.Sprintf("--attr %s is unused; the expression does not read [%s]", name, name))
		}
	}
	return out
}

func (p *Playground) names() []string {
	var out []string
	for i := range p.known.Attributes {
		out = append(out, p.known.Attributes[i].Name)
	}
	return out
}

// readUser reads a user as Graph gives it; without a file the user has no attributes.
func readUser(path string) (*directory.Object, error) {
	user := &directory.Object{Kind: directory.User}
	if path == "" {
		return user, nil
	}
	data, err := wholefile.Read(path, 4<<20)
	if err != nil {
		return nil, exit.Usage("", "read user: %w", err)
	}
	if err := json.Unmarshal(data, &user.Properties); err != nil || user.Properties == nil {
		return nil, exit.Usage("save the response of Graph's GET /users/{id}", "read user %s: not a JSON object (%v)", path, err)
	}
	user.ID, _ = user.Properties["id"].(string)
	return user, nil
}
