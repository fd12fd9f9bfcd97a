package options

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// wireChoices are the choices about the form of requests.
func wireChoices() []Choice {
	return []Choice{
		{
			Name: "adscimGroup", Default: "false", Rule: "W-C2", Evidence: "Microsoft page",
			Meaning: "create groups with Microsoft's own schema in addition to SCIM's, and without an empty list of members (W-43)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Dialect.ADSCIMGroup = v }),
		},
		{
			Name: "adscimVersion", Default: "schema", Rule: "A-57", Evidence: "observed",
			Meaning: "ADSCIMVersion header of every request; schema is the version of the schema (G-13). Captures show 6.0 for a gallery application (2023) and a timestamp (2026)",
			Apply: func(s *Settings, text string) error {
				if !printable(text) {
					return errors.New("want schema, or a string of printable ASCII characters")
				}
				if text != "schema" {
					s.SchemaVersion = text
				}
				return nil
			},
		},
		{
			Name: "clearedValue", Default: "keep", Rule: "W-C6", Evidence: "Microsoft page",
			Meaning: "keep, empty, null or remove: what to send when a source value becomes null. Test tools and samples send something, the service nothing (E-120, W-55)",
			Apply: choice.Words(func(s *Settings, v mapping.Clearing) { s.Mapping.Clear = v }, choice.As("keep", mapping.ClearNothing),
				choice.As("empty", mapping.ClearEmpty), choice.As("null", mapping.ClearNull), choice.As("remove", mapping.ClearRemove)),
		},
		{
			Name: "flagInURL", Default: "true", Rule: "W-122", Evidence: "observed",
			Meaning: "keep flags of the tenant URL, such as aadOptscim062020, in the URL of every request",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.FlagInURL = v }),
		},
		{
			Name: "honorRetryAfter", Default: "false", Rule: "A-21", Evidence: "observed",
			Meaning: "after 429 or 503, wait for Retry-After and try once more, instead of in the next cycle; an embedded target then gets one request at a time",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.HonorRetryAfter = v }),
		},
		{
			Name: "optscimAdd", Default: "add", Rule: "W-C7", Evidence: "Microsoft page",
			Meaning: "add or replace: the operation with the flag for an attribute that the target object lacks",
			Apply:   choice.Either("add", "replace", func(s *Settings, v bool) { s.Dialect.ReplaceAlways = v }),
		},
		{
			Name: "patchBooleans", Default: "string", Rule: "A-10", Evidence: "observed",
			Meaning: "string or boolean: how a PATCH without the flag writes active and other Booleans (A-42, W-C1)",
			Apply:   choice.Either("string", "boolean", func(s *Settings, v bool) { s.Dialect.PatchBooleans = v }),
		},
		{
			Name: "patchType", Default: "scim", Rule: "W-C14", Evidence: "observed",
			Meaning: "scim or json: whether a PATCH has the type application/scim+json, or application/json as in the reference code",
			Apply:   choice.Words(func(s *Settings, v string) { s.PatchType = v }, choice.As("scim", ""), choice.As("json", "application/json; charset=utf-8")),
		},
		{
			Name: "postBooleans", Default: "boolean", Rule: "A-42", Evidence: "Microsoft page",
			Meaning: "boolean or string: how a POST writes active and other Booleans (W-33)",
			Apply:   choice.Either("boolean", "string", func(s *Settings, v bool) { s.Dialect.PostStrings = v }),
		},
		{
			Name: "postNulls", Default: "false", Rule: "W-C16", Evidence: "Microsoft page",
			Meaning: "a POST includes attributes without a value, as in one old sample",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Dialect.PostNulls, s.Cycle.PostNulls = v, v }),
		},
		{
			Name: "preflightGroups", Default: "false", Rule: "W-C4", Evidence: "reported",
			Meaning: "the preflight of a cycle also queries for a group that cannot exist, if groups are mapped (W-6)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.PreflightGroups = v }),
		},
		{
			Name: "unflaggedAdd", Default: "add", Rule: "W-C11", Evidence: "observed",
			Meaning: "add or replace: the operation without the flag for an attribute that the target object lacks (W-51)",
			Apply:   choice.Either("add", "replace", func(s *Settings, v bool) { s.Dialect.ReplaceUnflagged = v }),
		},
		{
			Name: "userAgent", Default: "none", Rule: "W-C3", Evidence: "observed",
			Meaning: "User-Agent header of every request; none omits it",
			Apply:   userAgent,
		},
	}
}

// printable reports whether a text can be the value of a header.
func printable(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c > '~' })
}

// userAgent takes a valid header value.
func userAgent(s *Settings, text string) error {
	if !printable(text) {
		return errors.New("want none, or a string of printable ASCII characters")
	}
	if text != "none" {
		s.UserAgent = text
	}
	return nil
}
