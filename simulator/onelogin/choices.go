package onelogin

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// Choice is one documented choice of OneLogin's client.
type Choice = choice.Choice[Settings]

// Choices lists every choice, by name.
func Choices() []Choice {
	return choice.Sort(slices.Concat(userChoices(), serviceChoices()))
}

// Parse applies name=value pairs to the defaults.
func Parse(set map[string]string) (Settings, error) {
	s := Settings{Quirks: map[string]bool{}, Approval: map[string]bool{}}
	err := choice.Apply(&s, Choices(), set, "`scimdrill simulate --client onelogin --list-options` lists them")
	return s, err
}

// userChoices are the choices about users and their template.
func userChoices() []Choice {
	return []Choice{
		{
			Name: "onRemove", Default: "delete", Rule: "L-28", Evidence: "OneLogin page",
			Meaning: "delete, suspend or nothing: when a user is deleted, or the access to the app is removed. An administrator chooses; the default is ours",
			Apply: choice.Words(func(s *Settings, v removal) { s.OnRemove = v }, choice.As("delete", removeDelete), choice.As("suspend", removeSuspend),
				choice.As("nothing", removeNothing)),
		},
		{
			Name: "onSuspend", Default: "suspend", Rule: "L-28", Evidence: "OneLogin page",
			Meaning: "suspend or nothing: when an account is suspended (accountEnabled=false in the directory)",
			Apply:   choice.Either("suspend", "nothing", func(s *Settings, v bool) { s.SuspendsNothing = v }),
		},
		{
			Name: "quirks", Default: "none", Rule: "L-24", Evidence: "vendor page",
			Meaning: "none, or deviations of the template from RFC 7643, separated by commas: " + strings.Join(quirkNames(), ", "),
			Apply:   quirksOf,
		},
		{
			Name: "schema", Default: "v2-core", Rule: "L-1", Evidence: "OneLogin page",
			Meaning: "core-v1.1, enterprise-v1.1, v2-core or v2-enterprise: the kind of app, and its template",
			Apply: func(s *Settings, text string) error {
				if _, ok := templates()[text]; !ok {
					return errors.New("want core-v1.1, enterprise-v1.1, v2-core or v2-enterprise")
				}
				s.Schema = text
				return nil
			},
		},
		{
			Name: "template", Default: "schema", Rule: "L-20", Evidence: "OneLogin page",
			Meaning: "schema, or a JSON object with macros such as {$user.firstname}: the SCIM JSON Template",
			Apply: func(s *Settings, text string) error {
				if text == "schema" {
					return nil
				}
				if _, err := push.ParseObject([]byte(text)); err != nil {
					return fmt.Errorf("want schema, or a JSON object: %w", err)
				}
				s.Custom = text
				return nil
			},
		},
		{
			Name: "username", Default: "login", Rule: "L-9", Evidence: "OneLogin page",
			Meaning: "login or mail: the value of the parameter scimusername",
			Apply:   choice.Either("login", "mail", func(s *Settings, v bool) { s.ByMail = v }),
		},
	}
}

// serviceChoices are the choices about connection, approval and groups.
func serviceChoices() []Choice {
	return []Choice{
		{
			Name: "approval", Default: "create,update,delete", Rule: "L-7", Evidence: "OneLogin page",
			Meaning: "none, or the operations that need an approval, separated by commas",
			Apply: func(s *Settings, text string) error {
				if text == "none" {
					return nil
				}
				for op := range strings.SplitSeq(text, ",") {
					if !slices.Contains([]string{opCreate, opUpdate, opDelete}, op) {
						return errors.New("want none, or some of create, update, delete")
					}
					s.Approval[op] = true
				}
				return nil
			},
		},
		{
			Name: "approved", Default: "at-once", Rule: "L-7", Evidence: "inferred",
			Meaning: "at-once, never, or the time after which the administrator approves an operation. Until then it is pending",
			Apply: func(s *Settings, text string) (err error) {
				switch text {
				case "at-once":
				case "never":
					s.Unapproved = true
				default:
					s.Approved, err = duration.Parse(text)
				}
				return err
			},
		},
		{
			Name: "groupPatch", Default: "schema", Rule: "L-43", Evidence: "inferred",
			Meaning: "schema, v1.1, v2-value or v2-filter: the form of a membership change. That of 2.0 was not captured",
			Apply: choice.Words(func(s *Settings, v groupForm) { s.Form = v }, choice.As("schema", formSchema), choice.As("v1.1", formOld),
				choice.As("v2-value", formValue), choice.As("v2-filter", formFilter)),
		},
		{
			Name: "groupRule", Default: "map", Rule: "L-41", Evidence: "vendor page",
			Meaning: "map, existing or none: whether rules create groups that are missing, set only those that were there, or set none",
			Apply: choice.Words(func(s *Settings, v rule) { s.Rule = v }, choice.As("map", ruleMap), choice.As("existing", ruleExisting),
				choice.As("none", ruleNone)),
		},
		{
			Name: "queryEncoding", Default: "plus", Rule: "L-3", Evidence: "inferred",
			Meaning: "plus or percent: how a query encodes blanks. It is not published",
			Apply:   choice.Either("plus", "percent", func(s *Settings, v bool) { s.Percent = v }),
		},
		{
			Name: "retryFailed", Default: "never", Rule: "L-10", Evidence: "inferred",
			Meaning: "never, or the time after which the administrator retries what failed, at most ten times",
			Apply: func(s *Settings, text string) (err error) {
				if text != "never" {
					s.RetryFailed, err = duration.Parse(text)
				}
				return err
			},
		},
		{
			Name: "roles", Default: "assigned", Rule: "L-41", Evidence: "inferred",
			Meaning: "assigned or all: the groups of the directory that are roles of the app",
			Apply:   choice.Either("assigned", "all", func(s *Settings, v bool) { s.AllRoles = v }),
		},
		{
			Name: "userAgent", Default: "none", Rule: "L-5", Evidence: "vendor page",
			Meaning: "User-Agent of every request, such as OneLogin SCIM; the default of the service is not known",
			Apply: func(s *Settings, text string) error {
				if text == "" || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c > '~' }) {
					return errors.New("want none, or a string of printable ASCII characters")
				}
				if text != "none" {
					s.UserAgent = text
				}
				return nil
			},
		},
	}
}
