package exchange

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// shortestFragment is the least number of base64 characters taken as a trace of
// a secret; fewer would match by chance.
const shortestFragment = 8

// spellings lists every way in which the secrets may stand in a text, longest
// first, so that a longer one is not cut by a shorter one inside it.
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
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

func urlSpellings(secret string) []string {
	query, path := url.QueryEscape(secret), url.PathEscape(secret)
	hex := regexp.MustCompile(`%[0-9A-F]{2}`)
	return []string{query, path, hex.ReplaceAllStringFunc(query, strings.ToLower), hex.ReplaceAllStringFunc(path, strings.ToLower)}
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

// base64Spellings gives what is left of the secret in the base64 of any text
// that holds it: three alignments, without the characters that its neighbours
// take part in.
func base64Spellings(secret string) []string {
	out := []string{
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
	}
	for offset := range 3 {
		padded := []byte(strings.Repeat("x", offset) + secret)
		first := (offset*8 + 5) / 6 // characters that hold bits of what stands before
		last := len(padded) * 8 / 6 // characters that hold bits of the secret only
		if last-first < shortestFragment {
			continue
		}
		out = append(out, base64.RawStdEncoding.EncodeToString(padded)[first:last],
			base64.RawURLEncoding.EncodeToString(padded)[first:last])
	}
	return out
}
