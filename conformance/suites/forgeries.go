package suites

import (
	"encoding/base64"
	"strings"
)

// forgeries returns tokens that look like Entra's but have no valid signature. One signature
// is all zeros. The other is missing, with the algorithm none. The claims expire in 2100.
func forgeries() []string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := encode([]byte(`{"aud":"8adf8e6e-67b2-4cf2-a259-e3dc5476c621","iss":"https://sts.windows.net/00000000-0000-4000-8000-000000000000/",` +
		`"iat":1767600000,"nbf":1767600000,"exp":4102444800,"appid":"00000014-0000-0000-c000-000000000000","ver":"1.0"}`))
	return []string{
		encode([]byte(`{"typ":"JWT","alg":"RS256","kid":"nobody"}`)) + "." + claims + "." + encode([]byte(strings.Repeat("\x00", 256))),
		encode([]byte(`{"typ":"JWT","alg":"none"}`)) + "." + claims + ".",
	}
}
