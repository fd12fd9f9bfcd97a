package intake

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// tenantKey is whose request it is: the target that it goes to, and who sends it as far as a credential says that.
type tenantKey struct{ base, account string }

func tenantOf(x *exchange.Exchange) tenantKey {
	return tenantKey{base: recording.FromExchange(x).Base, account: account(field(x.RequestHeader, "Authorization"))}
}

// account is the name in a credential. An opaque token has none, because the next one of the same tenant is another.
func account(authorization string) string {
	scheme, value, _ := strings.Cut(authorization, " ")
	switch {
	case strings.EqualFold(scheme, "basic"):
		pair, err := base64.StdEncoding.DecodeString(value)
		name, _, ok := strings.Cut(string(pair), ":")
		if err == nil && ok {
			return name
		}
	case strings.EqualFold(scheme, "bearer") && strings.Count(value, ".") == 2:
		raw, err := base64.RawURLEncoding.DecodeString(strings.Split(value, ".")[1])
		var claims map[string]any
		if err != nil || json.Unmarshal(raw, &claims) != nil {
			return ""
		}
		for _, name := range []string{"tid", "tenant", "org_id", "appid", "client_id", "sub"} {
			if s, ok := claims[name].(string); ok && s != "" {
				return name + " " + s
			}
		}
	}
	return ""
}

// tenantNames gives the tenants of a recording names. With pseudonyms they are numbers.
func (s *sieve) tenantNames(hidden bool) map[tenantKey]string {
	keys := make([]tenantKey, 0, len(s.tenants))
	bases := map[string]int{}
	for k := range s.tenants {
		if s.targets[k.base] {
			keys = append(keys, k)
			bases[k.base]++
		}
	}
	slices.SortFunc(keys, func(a, b tenantKey) int { return strings.Compare(a.base+"\n"+a.account, b.base+"\n"+b.account) })
	out := map[tenantKey]string{}
	for i, k := range keys {
		_, name, found := strings.Cut(k.base, "://")
		if !found {
			name = k.base
		}
		if bases[k.base] > 1 {
			name = strings.TrimSpace(name + " " + k.account)
		}
		if hidden || name == "" {
			name = fmt.Sprintf("tenant %d", i+1)
		}
		out[k] = name
	}
	return out
}
