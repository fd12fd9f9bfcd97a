// Package crowd are the flags that say how the people and groups of a run look.
package crowd

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// Generated says how generated people and groups look.
type Generated struct {
	MailDomain    []string `help:"Domain of the mail addresses, for a service that accepts verified domains only; repeatable." placeholder:"DOMAIN" group:"People"`
	UserName      string   `help:"Form of userName: mail or plain." placeholder:"FORM" group:"People"`
	UserTemplate  string   `help:"JSON file with values that each user gets. Strings may contain {n}, {name}, {run} and {domain}." placeholder:"FILE" group:"People"`
	GroupTemplate string   `help:"JSON file with values that each group gets, as for users." placeholder:"FILE" group:"People"`
}

// People says how the people and groups of a conformance run look, and what a service lets a client do to them.
type People struct {
	Generated

	Immutable []string `help:"User attribute that clients may not change, such as userName; repeatable." placeholder:"NAME" group:"People"`
}

// Rules reads the templates and checks the flags.
func (f People) Rules() (people.Rules, error) {
	r, err := f.Generated.Rules()
	r.Immutable = f.Immutable
	return r, err
}

// Rules reads the templates and checks the flags.
func (f Generated) Rules() (people.Rules, error) {
	r := people.Rules{Domains: f.MailDomain, UserName: f.UserName}
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

// Made returns the rules of a directory that is generated from counts. The people of a file stay as they
// are, and a person who gave rules reads that.
func (f Generated) Made(con *console.Console, counts string) (people.Rules, error) {
	r, err := f.Rules()
	given := len(f.MailDomain) > 0 || f.UserName != "" || f.UserTemplate != "" || f.GroupTemplate != ""
	if err == nil && given && counts == "" {
		con.Say("note: rules for people apply to --generate only; the people of this run stay as they are")
	}
	return r, err
}
