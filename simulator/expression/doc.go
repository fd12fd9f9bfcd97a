// Package expression reads and evaluates the expression language of Microsoft
// Entra's attribute mappings: what a SCIM client computes from a source object
// before it sends a value.
//
// An expression is a constant, an attribute, or a call of a documented
// function:
//
//	"-"
//	[mail]
//	Switch([IsSoftDeleted], , "False", "True", "True", "False")
//
// It has three spellings that say the same: the text above, the tree that
// Parse builds, and the attributeMappingSource of Microsoft Graph (Source,
// FromSource). Parse resolves every function, counts its arguments and compiles
// constant regular expressions, so that a mistake shows when a schema is
// loaded and not once per object. Eval then walks the tree as often as needed;
// an Expression is never changed after Parse and may be shared.
//
//	e, err := expression.Parse(`Join(" ", [givenName], [surname])`)
//	v, err := e.Eval(&expression.Env{Attribute: user.Attribute})
//
// Functions lists the language with parameters, one sentence, one executed example,
// the rule and the evidence behind each; grammar.txt holds the syntax. Explain evaluates
// as Eval does and tells what each part gave.
//
// Neighbours: syncschema holds the sources as they stand in a schema, mapping
// compiles them with this package and decides what a null value means for a
// request, directory supplies the attributes. This package imports none of them.
//
// # Decisions
//
// 2026-11-24: names are case-sensitive (E-155). One page of the documentation
// writes switch(...); that is an error here, with the right name as a hint.
//
// 2026-11-24: SelectUniqueValue stays in the table with Implemented false. Parse refuses
// it, because it is not for SCIM apps (E-199), and a message at configuration time is
// worth more than one failed object after another.
//
// 2026-11-24: the table says for each function what it rests on. What the pages leave open
// is in Chosen, a sentence each. AppRoleAssignments, IsNothing and Prepend stand in
// Microsoft Graph's list of functions without a description (E-209); exported schemas may
// hold them, so they are evaluated, and their evidence is "inferred".
//
// 2026-11-24: app roles come through Env.AppRoles, which stands behind the attribute
// [appRoleAssignments]. A role in another function counts as its value; what
// SingleAppRoleAssignment gives is a text that remembers its role, because one form
// of PATCH carries the role's id (E-146).
//
// 2026-11-24: dates follow .NET in the invariant culture, with UTC as local time: weekdays
// must be right, what a format leaves out is taken from today, K and o write the
// offset by kind. A year of two digits lies between 1950 and 2049.
//
// 2026-11-24: all matches of a regular expression together may take a second. It is the
// one place that looks at the wall clock: a pattern within the limit gives the same
// value on every machine, and one that exceeds it is an error.
//
// 2026-11-24: arguments are evaluated when they are needed: the branch that IIF,
// Switch or Coalesce does not take can neither fail nor draw a random number.
//
// 2026-11-24: a multi-valued attribute where one value is expected is an error,
// unless it holds exactly one value; no value at all counts as null.
//
// 2026-11-24: lengths and positions count UTF-16 units, as .NET does (E-188). A
// cut through a surrogate pair leaves U+FFFD.
//
// 2026-11-24: how Graph spells a comparison inside parameters is not documented.
// Here it is a Function named after the operator, with parameters left and right.
//
// 2026-11-24: the Switch defect of E-179 is reproduced where Env.Unchanged is set. It
// is then a null that Cleared marks, so that who writes it knows it from other nulls.
package expression
