// Package reach says whether a target is there: which requests of a run it answered, and what names it.
//
// A Counter counts the exchanges of a run. Address and Tenancy name the target that a state belongs to, so
// that the links of a state are never used with another one (S9).
package reach
