// Package issuer signs tokens in the form of those that Entra sends to an application
// whose secret was left blank (W-127), and publishes the key to verify them with.
//
// Entra's own tokens cannot be had without a tenant, and a token that claims to come from
// Microsoft would be a forgery, so the issuer is https://scimdrill.test, which no name server
// resolves. A vendor who verifies Entra's tokens verifies these with the same code, when
// issuer and key address are settings. simulator/scimclient signs assertions of workload
// identity federation with it too (W-130); cmd serves Handler on loopback.
//
// In prose: New takes a key, made by FromSeed or read by ReadKey; Token signs one token,
// Source keeps one and signs the next shortly before its end, as a sender asks for it.
//
// Decisions: docs/decisions/simulator-issuer.md
package issuer
