// Package pseudonym puts made-up people in the place of those in a recording, so that it can be
// shown to others and still be compared.
//
// simulator/recording names objects by what people call them, and recording/diff compares values;
// so the same value becomes the same pseudonym everywhere, in queries, bodies and answers.
//
// In prose: New takes a seed; Exchange returns a copy in which the values of SCIM attributes
// are replaced, URL and Body do it for those who have no exchange. What is no value of a person stays
// as it came: keys, paths, operations, types, Booleans, numbers, ids, times, schemas.
//
// # Decisions
//
// 2026-11-24: Values are replaced word by word, and the signs between words stay: so "Ada Byron" is still the join
// of "Ada" and "Byron", "ada@contoso.test" still begins with the mailNickname "ada", and a mapping that joins or cuts
// at signs gives the same with pseudonyms. Upper and lower case of a word stay; digits become as many other digits.
//
// 2026-11-24: A word depends on the seed and on itself alone, not on what came before, so that a second recording, and
// the other side of a comparison, get the same pseudonyms. It is a first name, a last name and four letters of gofakeit, so that two words
// practically never become the same. What stands behind an @ is drawn apart and ends in .example.
//
// 2026-11-24: Which attributes are about people is not listed: all are replaced but for the structure that SCIM
// knows. An extension is thereby covered before anybody told us of it.
//
// 2026-11-24: GUIDs stay, because ids join the objects of a recording and say nothing to others. Another id stays
// unless it holds an @ or a word that was replaced before.
//
// 2026-11-24: A body that is no JSON is left out: nobody can say where names stand in it. In the detail of an
// error only words that were replaced before are replaced, so that it can still be read.
package pseudonym
