// Package endpoint opens the target of a command: its URL, its credentials, its TLS, and
// what may be done to it.
//
//	Flags ─► safety.go: may this URL be written to? ─► Endpoint ─► Authorized: a sender
//
// Probe asks an endpoint what Entra asks first, and says what is wrong with the responses.
// Nothing is sent before Open has returned.
package endpoint
