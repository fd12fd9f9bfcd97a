package okta

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Choice is one documented choice of Okta's client.
type Choice = choice.Choice[Settings]

// Choices lists every choice, by name.
func Choices() []Choice {
	return choice.Sort(slices.Concat(userChoices(), groupChoices(), serviceChoices()))
}

// Parse applies name=value pairs to the defaults.
func Parse(set map[string]string) (Settings, error) {
	s := Settings{Unmapped: map[string]bool{}}
	err := choice.Apply(&s, Choices(), set, "`scimdrill simulate --client okta --list-options` lists them")
	return s, err
}

// userChoices are the choices about users.
func userChoices() []Choice {
	return []Choice{
		{
			Name: "emptied", Default: "absent", Rule: "O-50", Evidence: "inferred",
			Meaning: "absent, null or empty: what a PUT contains for an attribute that has no value any more. The form was not captured",
			Apply: choice.Words(func(s *Settings, v emptied) { s.Emptied = v }, choice.As("absent", emptiedAbsent), choice.As("null", emptiedNull),
				choice.As("empty", emptiedText)),
		},
		{
			Name: "blocked", Default: "deactivated", Rule: "O-57", Evidence: "Okta page",
			Meaning: "deactivated or suspended: what accountEnabled=false in the directory means. A suspended user sends nothing",
			Apply:   choice.Either("deactivated", "suspended", func(s *Settings, v bool) { s.Suspend = v }),
		},
		{
			Name: "externalId", Default: "true", Rule: "O-43", Evidence: "observed",
			Meaning: "a create contains externalId, the user's id in Okta. A documented variant lacks it",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.NoExternalID = !v }),
		},
		{
			Name: "managerText", Default: "none", Rule: "O-46", Evidence: "reported",
			Meaning: "none, login or name: the text that is mapped to the manager's value. Okta sends a text, never the id of a resource",
			Apply: choice.Words(func(s *Settings, v manager) { s.Manager = v }, choice.As("none", managerNone), choice.As("login", managerLogin),
				choice.As("name", managerName)),
		},
		{
			Name: "mode", Default: "aiw", Rule: "O-55", Evidence: "observed",
			Meaning: "aiw or oin: an app of the App Integration Wizard, which only knows PUT, or one of the catalogue, which deactivates and pushes groups with PATCH (O-56, O-77)",
			Apply:   choice.Words(func(s *Settings, v Mode) { s.Mode = v }, choice.As("aiw", Wizard), choice.As("oin", Catalogue)),
		},
		{
			Name: "passwordSync", Default: "false", Rule: "O-49", Evidence: "Okta page",
			Meaning: "a change of lastPasswordChangeDateTime sends a password: by PUT in mode aiw, by PATCH in mode oin, whose body is inferred",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.PasswordSync = v }),
		},
		{
			Name: "reassigned", Default: "lookup", Rule: "O-59", Evidence: "observed",
			Meaning: "lookup or knownId: how a user who is assigned again is found",
			Apply:   choice.Either("lookup", "knownId", func(s *Settings, v bool) { s.KnownID = v }),
		},
		{
			Name: "uniqueId", Default: "login", Rule: "O-10", Evidence: "Okta page",
			Meaning: "login or mail: what userName is mapped from. The filter is on userName in both cases",
			Apply:   choice.Either("login", "mail", func(s *Settings, v bool) { s.LoginByMail = v }),
		},
		{
			Name: "unmapped", Default: "none", Rule: "O-44", Evidence: "observed",
			Meaning: "none, or target paths whose mapping was removed, separated by commas, such as displayName,locale,emails.type. They are missing in bodies, not null",
			Apply:   unmapped,
		},
	}
}

// groupChoices are the choices about Group Push.
func groupChoices() []Choice {
	return []Choice{
		{
			Name: "createMembers", Default: "true", Rule: "O-73", Evidence: "observed",
			Meaning: "a new group contains its members in mode oin, which a PATCH then adds again; false sends an empty list first, as the reference says",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.EmptyCreate = !v }),
		},
		{
			Name: "lostRemoval", Default: "false", Rule: "O-84", Evidence: "reported",
			Meaning: "a user who leaves a group that assigns and is pushed is deactivated, and the removal from the group is never sent",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Lost = v }),
		},
		{
			Name: "membershipBatch", Default: "100", Rule: "O-79", Evidence: "Okta page",
			Meaning: "membership changes in one PATCH, 1 to 1000",
			Apply: func(s *Settings, text string) error {
				if err := choice.Integer(1, func(s *Settings, v int64) { s.Batch = int(min(v, 1001)) })(s, text); err != nil || s.Batch > 1000 {
					return errors.New("want a whole number from 1 to 1000")
				}
				return nil
			},
		},
		{
			Name: "pushGroups", Default: "assigned", Rule: "O-70", Evidence: "Okta page",
			Meaning: "assigned, all or none: the groups that are selected for Group Push. Okta pushes only groups that were selected by name or rule",
			Apply: choice.Words(func(s *Settings, v pushed) { s.Push = v }, choice.As("assigned", pushAssigned), choice.As("all", pushAll),
				choice.As("none", pushNone)),
		},
		{
			Name: "pushNow", Default: "false", Rule: "O-78", Evidence: "Okta page",
			Meaning: "begin the run with Push now of all pushed groups, which replaces their members",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.PushNow = v }),
		},
		{
			Name: "renameAppGroups", Default: "false", Rule: "O-76", Evidence: "Okta page",
			Meaning: "linking a group that exists also sends its name",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.RenameApp = v }),
		},
		{
			Name: "renameWithMembers", Default: "true", Rule: "O-76", Evidence: "Okta page",
			Meaning: "each membership update in mode oin comes with a rename, mostly to the same name",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.QuietName = !v }),
		},
		{
			Name: "unlinked", Default: "delete", Rule: "O-82", Evidence: "Okta page",
			Meaning: "delete or leave: what happens in the target to a group that is not pushed any more. An administrator chooses; the default is ours",
			Apply:   choice.Either("delete", "leave", func(s *Settings, v bool) { s.Leave = v }),
		},
	}
}

// serviceChoices are the choices about connection, imports and tasks.
func serviceChoices() []Choice {
	return []Choice{
		{
			Name: "app", Default: "SCIM app", Rule: "O-26", Evidence: "observed",
			Meaning: "name of the app in the texts of tasks",
			Apply: func(s *Settings, text string) error {
				s.App = text
				return nil
			},
		},
		{
			Name: "attempts429", Default: "10", Rule: "O-22", Evidence: "Okta page",
			Meaning: "attempts after which a 429 is a permanent failure. The first request counts as one (inferred)",
			Apply:   choice.Integer(1, func(s *Settings, v int64) { s.Attempts = int(v) }),
		},
		{
			Name: "forceSync", Default: "false", Rule: "O-31", Evidence: "observed",
			Meaning: "begin the run with Force Sync: send the profile of all provisioned users again",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.ForceSync = v }),
		},
		{
			Name: "import", Default: "never", Rule: "O-28", Evidence: "Okta page",
			Meaning: "never, or the interval of imports: 1h, 24h or 7d",
			Apply: func(s *Settings, text string) (err error) {
				if text != "never" {
					if s.Import, err = duration.Parse(text); err == nil && s.Import < time.Minute {
						err = errors.New("want never, or a duration of at least a minute")
					}
				}
				return err
			},
		},
		{
			Name: "importGroups", Default: "false", Rule: "O-2", Evidence: "Okta page",
			Meaning: "Import Groups is on: the connection test and imports also read groups",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.ImportGroups = v }),
		},
		{
			Name: "importSafeguard", Default: "20", Rule: "O-29", Evidence: "Okta page",
			Meaning: "per cent of users missing in the target at which an import stops",
			Apply:   choice.Number(func(s *Settings, v float64) { s.Safeguard = v }),
		},
		{
			Name: "rawToken", Default: "false", Rule: "O-6", Evidence: "Okta page",
			Meaning: "the token is sent as typed, without Bearer, as Header Auth of the template app does",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.RawToken = v }),
		},
		{
			Name: "retryTasks", Default: "never", Rule: "O-21", Evidence: "Okta page",
			Meaning: "never, or the time after which the administrator clicks Retry at a failed task, at most ten times",
			Apply: func(s *Settings, text string) (err error) {
				if text != "never" {
					s.RetryTasks, err = duration.Parse(text)
				}
				return err
			},
		},
	}
}

// unmapped takes target paths of the default mapping.
func unmapped(s *Settings, text string) error {
	if text == "none" {
		return nil
	}
	for path := range strings.SplitSeq(text, ",") {
		if path == "userName" || !slices.ContainsFunc(attributes(), func(a attribute) bool { return a.path == path }) {
			var known []string
			for _, a := range attributes() {
				if a.path != "userName" {
					known = append(known, a.path)
				}
			}
			return fmt.Errorf("want none, or some of %s", strings.Join(known, ", "))
		}
		s.Unmapped[path] = true
	}
	return nil
}
