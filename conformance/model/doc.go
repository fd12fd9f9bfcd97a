// Package model writes random sequences of requests and compares what a target shows with a model
// of users and groups. Single writes are judged elsewhere; the model looks for what depends on the
// order of requests: a lost second update, an old value that comes back, a name that stays taken.
//
// A [Step] is one request in the terms of the model, on a numbered user or group. [Judge] draws
// steps from what the survey saw kept, and runs them. A difference is believed only if the same
// last request is right on new objects that were created in the state of before: then the state
// does not explain it, and the history does. Everything else, such as a derived displayName or a
// refusal by policy, is taken over into the model. A sequence that is believed is shrunk to the
// fewest requests.
//
// The package imports conformance/session, survey, resource and fact, and no server.
//
// Decisions: docs/decisions/conformance-model.md
package model
