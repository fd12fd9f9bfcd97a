package expression

import (
	"fmt"
	"strings"
)

// Characters of RandomString: those that Windows counts for the complexity of a password (E-195).
const (
	digitCharacters   = "0123456789"
	specialCharacters = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/"
	capitalCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lowerCharacters   = "abcdefghijklmnopqrstuvwxyz"
)

// guid is Guid (E-177): random, in lower case, with dashes.
func guid(a arguments) Value {
	random := a.run.env.Random
	if random == nil {
		return a.fail("no source of random numbers is set")
	}
	const (
		version = 0x4000
		variant = 1 << 63
	)
	high := random.Uint64()&^0xF000 | version
	low := random.Uint64()>>2 | variant
	return String(fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xFFFF, high&0xFFFF, low>>48, low&0xFFFFFFFFFFFF))
}

// randomString is RandomString (E-195).
func randomString(a arguments) Value {
	const longest = 256
	random := a.run.env.Random
	if random == nil {
		return a.fail("no source of random numbers is set")
	}
	avoid, _ := a.text(5)
	total := a.position(0)
	rest := total
	var all []byte
	var out []byte
	for i, class := range []string{digitCharacters, specialCharacters, capitalCharacters, lowerCharacters} {
		allowed := strings.Map(func(r rune) rune {
			if strings.ContainsRune(avoid, r) {
				return -1
			}
			return r
		}, class)
		least := a.position(i + 1)
		if least < 0 || least > 0 && allowed == "" {
			return a.fail("%s cannot be satisfied: %d", a.name(i+1), least)
		}
		rest -= least
		if rest < 0 {
			break
		}
		for range min(least, longest) {
			out = append(out, allowed[random.IntN(len(allowed))])
		}
		all = append(all, allowed...)
	}
	if total < 1 || total > longest || rest < 0 {
		return a.fail("Length must be at least the sum of the four minima, at least 1 and at most %d", longest)
	}
	if rest > 0 && len(all) == 0 {
		return a.fail("CharactersToAvoid excludes every character")
	}
	for range rest {
		out = append(out, all[random.IntN(len(all))])
	}
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return String(string(out))
}
