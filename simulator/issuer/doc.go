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
// # Decisions
//
// 2026-11-24: The key of a seed is an RSA key of 2048 bits. Its primes are drawn by ChaCha8 from the SHA-256 of a
// fixed text and the seed, because crypto/rsa draws its own from the system. Whoever knows the seed has the key,
// so it is no secret: such tokens prove nothing to a system that others can reach, and ReadKey is for those.
//
// 2026-11-24: iss, aud and appid are W-127's with our issuer in the place of Microsoft's. exp, iat, nbf, sub, tid, uti
// and ver are what Microsoft's reference of access tokens (version 1.0) names besides; the values are made up.
// A token lives an hour (inferred), inside the 60 minutes to 6 hours that W-128 asks of vendors.
//
// 2026-11-24: An assertion of workload identity federation has the claims of Microsoft's page of 9 June 2026, which
// lists no uti in its example; W-130 names it, and it is there.
//
// 2026-11-24: uti is the hash of the token's other claims, so that equal seeds sign equal bytes.
package issuer
