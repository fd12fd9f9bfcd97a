// Package expressions is the playground of mapping expressions: attributes with the types
// of the schema, an explanation part by part, and the list of functions.
package expressions
