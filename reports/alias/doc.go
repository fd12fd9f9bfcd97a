// Package alias makes pseudonyms: made-up words in the place of names. Recordings and shared
// reports take theirs from here.
//
//	words := alias.New(alias.Secret(key)) // key: 32 random bytes
//	words.Value("Ada.Byron@contoso.test") // "Daneduncanieah.Ardellagarretthvan@tuckerfdgw.example"
//	words.Tag("User", "Ada Byron")        // "User-imanidickinsonxokf"
//
// A pseudonym depends on the key and on the replaced text alone. Without the key nobody can
// compute the pseudonym of a guessed name.
//
// Neighbours: reports replaces names in a report to show to others (Report.Share).
// simulator/pseudonym replaces them in recorded requests. Both know where names are; this
// package does not.
//
// Decisions: docs/decisions/reports-alias.md
package alias
