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
// Functions lists the language with parameters, one sentence, one executed
// example and the rule behind each; grammar.txt holds the syntax.
//
// Neighbours: syncschema holds the sources as they stand in a schema, mapping
// compiles them with this package and decides what a null value means for a
// request, directory supplies the attributes. This package imports none of them.
//
// # Decisions
//
// 2026-11-24 Names are case-sensitive (E-155). One page of the documentation
// writes switch(...); that is an error here, with the right name as a hint.
//
// 2026-11-24 Functions that Microsoft documents and this package cannot evaluate
// stay in the table with Implemented false. Parse refuses them, because a
// message at configuration time is worth more than one failed object after
// another. SelectUniqueValue is refused for good: it is not for SCIM apps (E-199).
//
// 2026-11-24 Arguments are evaluated when they are needed: the branch that IIF,
// Switch or Coalesce does not take can neither fail nor draw a random number.
//
// 2026-11-24 A multi-valued attribute where one value is expected is an error,
// unless it holds exactly one value; no value at all counts as null.
//
// 2026-11-24 Lengths and positions count UTF-16 units, as .NET does (E-188). A
// cut through a surrogate pair leaves U+FFFD.
//
// 2026-11-24 How Graph spells a comparison inside parameters is not documented.
// Here it is a Function named after the operator, with parameters left and right.
//
// 2026-11-24 The Switch defect of E-179 is not reproduced here: evaluation
// always sees the attributes that Env gives it.
package expression
