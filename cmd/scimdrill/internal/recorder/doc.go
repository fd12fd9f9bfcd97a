// Package recorder writes down what passes between Entra and an endpoint, sums it up, and
// prints how a recording and the engine differ.
package recorder
