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
// Inside, a parser makes nodes, a compiler resolves calls in the vocabulary that Parse
// hands it, and an evaluation walks the nodes; none of them knows a function by name. The
// functions (table_*.go and their bodies) stand on top. What they do to dates, characters
// and patterns is in internal/dates, internal/chars and internal/pattern, which know no
// values.
//
// Neighbours: syncschema holds the sources as they stand in a schema, mapping
// compiles them with this package and decides what a null value means for a
// request, directory supplies the attributes. This package imports none of them.
//
// Decisions: docs/decisions/simulator-expression.md
package expression
