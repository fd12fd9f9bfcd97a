package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// organization is the subject of clauses about the persona behind the target.
const organization = "organization"

// OrganizationText returns the configuration of the persona as YAML, or nil for the one of the persona
// itself. {run} stands for the run id.
func (s *Scenario) OrganizationText(runID string) ([]byte, error) {
	if s.Target.Organization == nil {
		return nil, nil
	}
	text, err := yaml.Marshal(fill(s.Target.Organization, runID))
	if err != nil {
		return nil, s.errorAt("$.target.organization", err)
	}
	return text, nil
}

// inOrganization are the lists of the state that a clause enters by a name, and the member with the name.
func inOrganization() map[string][2]string {
	return map[string][2]string{
		"domain": {"domains", "name"}, "product": {"products", "name"}, "rule": {"rules", "number"}, "group": {"groups", "name"}, "user": {"users", "userName"},
	}
}

// plainInOrganization are the other properties of the state.
func plainInOrganization() []string {
	return []string{"account", "pending", "mails", "users", "groups"}
}

func (s *Scenario) checkOrganization(c *clause) error {
	if s.Target.Persona == "" {
		return fmt.Errorf("%s: the target has no organization; hint: add persona: goto to target", c.text)
	}
	if len(c.subject) < 2 {
		return fmt.Errorf("%s: organization needs a property; hint: domain(main.com).state, user(ada).seats, product(GoTo Meeting).used, mails.count", c.text)
	}
	what := c.subject[1]
	if _, list := inOrganization()[what.name]; list {
		if len(what.args) != 1 || what.args[0].name != "" {
			return fmt.Errorf("%s: organization.%s(…) takes one name", c.text, what.name)
		}
		name := what.args[0].value
		if what.name == "user" && !s.names.has(name) && !strings.ContainsAny(name, "@{ ") && s.Tenant.Lines == "" {
			return fmt.Errorf("%s: %w", c.text, s.names.unknown(what.name, name))
		}
		return nil
	}
	if slices.Contains(plainInOrganization(), what.name) && !what.call {
		return nil
	}
	known := append([]string{"domain", "product", "rule", "group", "user"}, plainInOrganization()...)
	return fmt.Errorf("%s: %w", c.text, nearest.Unknown("property of organization", what.name, known, ""))
}

// lookAtOrganization finds a value in the state of the persona.
func (p *Play) lookAtOrganization(ctx context.Context, j *job.Job, c *clause) (any, string, error) {
	state, _ := plain(p.env.Organization(ctx)).(map[string]any)
	what := c.subject[1]
	in, entered := inOrganization()[what.name]
	if !entered {
		v, err := walk(state, c.subject[1:])
		return v, "", err
	}
	list, _ := state[in[0]].([]any)
	name := strings.ReplaceAll(what.args[0].value, "{run}", p.env.RunID)
	key := in[1]
	if what.name == "user" && p.scenario.names.has(name) {
		id, ok, err := j.TargetID(ctx, ID(p.env.RunID, name))
		if err != nil || !ok {
			return nil, "", err
		}
		key, name = "id", id
	}
	var names []string
	for _, e := range list {
		m, _ := e.(map[string]any)
		shown := fmt.Sprint(m[key])
		if strings.EqualFold(shown, name) {
			if len(c.subject) == 2 {
				return "present", "", nil
			}
			v, err := walk(m, c.subject[2:])
			return v, "", err
		}
		names = append(names, shown)
	}
	return nil, fmt.Sprintf("the organization has the %s %s", in[0], strings.Join(names, ", ")), nil
}
