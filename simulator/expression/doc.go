// Package expression reads and evaluates the expression language of Microsoft
// Entra's attribute mappings. A mapping computes a value from a source object
// before the service sends it to the target.
//
// An expression is a constant, an attribute, or a call of a documented
// function:
//
//	"-"
//	[mail]
//	Switch([IsSoftDeleted], , "False", "True", "True", "False")
//
// It has three equivalent forms: the text above, the tree that
// Parse builds, and the attributeMappingSource of Microsoft Graph (Source,
// FromSource). Parse resolves every function, counts its arguments and compiles
// constant regular expressions, so that a mistake is found once, when a schema is
// loaded, and not once per object. Eval then walks the tree as often as needed;
// an Expression is immutable after Parse and safe for concurrent use.
//
//	e, err := expression.Parse(`Join(" ", [givenName], [surname])`)
//	v, err := e.Eval(&expression.Env{Attribute: user.Attribute})
//
// Functions lists every function with its parameters, one sentence, one executed example,
// its rule and its evidence; grammar.txt holds the syntax. Explain evaluates
// like Eval and also returns the result of each part.
//
// Internally, a parser makes nodes, a compiler resolves calls in the vocabulary that Parse
// passes to it, and an evaluation walks the nodes. None of them knows a function by name. The
// functions (table_*.go and their bodies) build on these. Operations on dates, characters
// and patterns are in internal/dates, internal/chars and internal/pattern, which do not use
// expression values.
//
// Neighbours: syncschema holds the sources of a schema, mapping
// compiles them with this package and decides the effect of a null value on a
// request, directory supplies the attributes. This package imports none of them.
//
// Decisions: docs/decisions/simulator-expression.md
package expression
