// Package crowd are the flags that say how the people and groups of a run look.
package crowd

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// People says how the people and groups of a run look.
type People struct {
	MailDomain    []string `help:"Domain of the mail addresses, for a service that accepts verified domains only; repeatable." placeholder:"DOMAIN" group:"People"`
	UserName      string   `help:"Form of userName: mail or plain." placeholder:"FORM" group:"People"`
	UserTemplate  string   `help:"JSON file with values that each user gets. Strings may contain {n}, {name}, {run} and {domain}." placeholder:"FILE" group:"People"`
	GroupTemplate string   `help:"JSON file with values that each group gets, as for users." placeholder:"FILE" group:"People"`
	Immutable     []string `help:"User attribute that clients may not change, such as userName; repeatable." placeholder:"NAME" group:"People"`
}

// Rules reads the templates and checks the flags.
func (f People) Rules() (people.Rules, error) {
	r := people.Rules{Domains: f.MailDomain, UserName: f.UserName, Immutable: f.Immutable}
	if err := r.Check(); err != nil {
		return r, exit.Usage("", "people: %w", err)
	}
	for _, t := range []struct {
		flag, file string
		into       *people.Template
	}{{"--user-template", f.UserTemplate, &r.User}, {"--group-template", f.GroupTemplate, &r.Group}} {
		if t.file == "" {
			continue
		}
		raw, err := wholefile.Read(t.file, 1<<20)
		if err == nil {
			*t.into, err = people.ParseTemplate(raw)
		}
		if err != nil {
			return r, exit.Usage("", "%s %s: %w", t.flag, t.file, err)
		}
	}
	return r, nil
}
