package exchange

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// shortestFragment is the minimum number of base64 characters that count as part of a secret.
// Fewer would match by chance.
const shortestFragment = 8

// spellings returns every encoding of the secrets, longest first, so that a shorter one does not
// break a longer one.
func spellings(secrets []string) []string {
	var all []string
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		all = append(all, secret)
		all = append(all, urlSpellings(secret)...)
		all = append(all, jsonSpellings(secret)...)
		all = append(all, base64Spellings(secret)...)
		all = append(all, otherSpellings(secret)...)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

// otherSpellings are those that programs print for people and for other programs: HTML, hexadecimal
// digits, letters of one case, backwards.
func otherSpellings(secret string) []string {
	if len(secret) < shortestInside {
		return nil
	}
	digits := hex.EncodeToString([]byte(secret))
	letters := []rune(secret)
	slices.Reverse(letters)
	return []string{
		html.EscapeString(secret), digits, strings.ToUpper(digits), strings.ToLower(secret), strings.ToUpper(secret), string(letters),
		strings.ReplaceAll(secret, " ", "+"),
	}
}

func urlSpellings(secret string) []string {
	query, path := url.QueryEscape(secret), url.PathEscape(secret)
	triplet := regexp.MustCompile(`%[0-9A-F]{2}`)
	return []string{query, path, triplet.ReplaceAllStringFunc(query, strings.ToLower), triplet.ReplaceAllStringFunc(path, strings.ToLower)}
}

func jsonSpellings(secret string) []string {
	inner := func(escapeHTML bool) string {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(escapeHTML)
		if err := enc.Encode(secret); err != nil {
			return secret // a string always encodes
		}
		quoted := strings.TrimSuffix(b.String(), "\n")
		return quoted[1 : len(quoted)-1]
	}
	plain := inner(false)
	return []string{plain, inner(true), strings.ReplaceAll(plain, "/", `\/`)}
}

// base64Spellings returns the base64 characters that depend only on the secret, for each of the
// three alignments of the secret within a longer text.
func base64Spellings(secret string) []string {
	out := []string{
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
	}
	for offset := range 3 {
		padded := []byte(strings.Repeat("x", offset) + secret)
		first := (offset*8 + 5) / 6 // characters with bits of the preceding text
		last := len(padded) * 8 / 6 // characters with bits of the secret only
		if last-first < shortestFragment {
			continue
		}
		out = append(out, base64.RawStdEncoding.EncodeToString(padded)[first:last],
			base64.RawURLEncoding.EncodeToString(padded)[first:last])
	}
	return out
}
