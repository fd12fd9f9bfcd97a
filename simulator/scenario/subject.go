package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// known lists the arguments of a counting subject.
func known(subject string) []string {
	switch subject {
	case "log":
		return []string{"action", "status", "code", "skip", "user", "group", "type", "step", "property", "since", "until"}
	case "audit":
		return []string{"activity", "result", "reason", "event", "mail", "scope", "since", "until"}
	case "requests":
		return []string{"method", "path", "status", "body", "since", "until"}
	case "faults":
		return []string{"kind", "method", "path", "since", "until"}
	case "cycles":
		return []string{"kind", "state", "since", "until"}
	case "escrows":
		return []string{"code", "user", "group"}
	}
	return nil
}

// ofJob are the subjects that exist for each job.
func ofJob() []string { return []string{"job", "log", "audit", "requests", "cycles", "escrows"} }

// checkClause finds unknown names before the scenario is played.
func (s *Scenario) checkClause(c *clause) error {
	if c.subject[0].name == "second" && !c.subject[0].call && len(c.subject) > 1 {
		if s.Second == nil {
			return fmt.Errorf("%s: %w", c.text, errNoSecond)
		}
		if c.second, c.subject = true, c.subject[1:]; !slices.Contains(ofJob(), c.subject[0].name) {
			return fmt.Errorf("%s: second accepts only %s; target and faults are the same for both jobs", c.text, strings.Join(ofJob(), ", "))
		}
	}
	head := c.subject[0]
	switch head.name {
	case "job":
		if head.call || len(c.subject) < 2 {
			return fmt.Errorf("%s: job needs a property; hint: write for example job.status.code", c.text)
		}
		return nil
	case "target":
		return s.checkTarget(c)
	case organization:
		return s.checkOrganization(c)
	case "log", "audit", "requests", "faults", "cycles", "escrows":
	default:
		return fmt.Errorf("%s: unknown subject %q; a clause starts with job, second, target, organization, log(…), audit(…), requests(…), faults(…), cycles(…) or escrows(…); %s", c.text, head.name, clauseHint)
	}
	for _, a := range head.args {
		if !slices.Contains(known(head.name), a.name) {
			return fmt.Errorf("%s: %w", c.text, nearest.Unknown("argument of "+head.name, a.name, known(head.name), ""))
		}
		switch a.name {
		case "since", "until":
			if _, err := duration.Parse(a.value); err != nil {
				return fmt.Errorf("%s: %s: %w", c.text, a.name, err)
			}
		case "user", "group":
			if !s.names.has(a.value) && s.Tenant.Lines == "" {
				return fmt.Errorf("%s: %w", c.text, s.names.unknown(a.name, a.value))
			}
		}
	}
	if len(c.subject) > 1 && (head.name != "cycles" || len(c.subject) != 2) {
		return fmt.Errorf("%s: %s(…) is a number and has no properties", c.text, head.name)
	}
	if len(c.subject) > 1 {
		return c.times()
	}
	return nil
}

// times normalises the wanted durations of a clause for comparison.
func (c *clause) times() error {
	spelled := func(v any) (any, error) {
		text, ok := v.(string)
		if !ok {
			text = show(v)
		}
		d, err := duration.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.text, err)
		}
		return duration.Format(d), nil
	}
	list, ok := c.want.([]any)
	if !ok {
		var err error
		c.want, err = spelled(c.want)
		return err
	}
	for i := range list {
		var err error
		if list[i], err = spelled(list[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scenario) checkTarget(c *clause) error {
	if len(c.subject) < 2 {
		return fmt.Errorf("%s: target needs a property; hint: users, groups, memberships, user(ada) or group(sales)", c.text)
	}
	switch p := c.subject[1]; p.name {
	case "users", "groups", "memberships":
		if len(c.subject) > 2 || p.call {
			return fmt.Errorf("%s: target.%s is a number and has no properties", c.text, p.name)
		}
	case "user", "group":
		if len(p.args) != 1 || p.args[0].name != "" {
			return fmt.Errorf("%s: target.%s(…) takes one name from the scenario, or a %s in the target", c.text, p.name, map[string]string{"user": "userName", "group": "displayName"}[p.name])
		}
		name := p.args[0].value
		if !s.names.has(name) && !strings.ContainsAny(name, "@{ ") && s.Tenant.Lines == "" {
			return fmt.Errorf("%s: %w", c.text, s.names.unknown(p.name, name))
		}
	default:
		return fmt.Errorf("%s: unknown property %q of target; hint: use users, groups, memberships, user(…) or group(…)", c.text, p.name)
	}
	return nil
}
