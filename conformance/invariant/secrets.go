package invariant

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// secretRules are the rules of what must never be returned.
func secretRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-041", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-36", Cause: "password",
			Title: "returns no password and no token in any response",
			Why:   "Provisioning logs keep responses for a month, and many people can read them.",
			Fix:   "Omit password from every response, and never quote the Authorization header.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.empty() {
				return false, nil
			}
			for _, s := range r.shown {
				if v := s.object[resource.Key(s.object, "password")]; v != nil {
					return true, &breach{attribute: "password", expected: "no response has a password", actual: r.method + " " + r.route + " shows an attribute password"}
				}
			}
			for what, secret := range secrets(r) {
				if bytes.Contains(r.Raw, []byte(secret)) {
					return true, &breach{cause: what, expected: "no response quotes a secret of the request", actual: r.asked() + " and quotes the " + strings.ReplaceAll(what, "-", " ")}
				}
			}
			return true, nil
		}},
	}
}

// secrets are those of the request, by the cause of returning them. Short ones may be there by chance.
func secrets(r *response) map[string]string {
	const least = 12
	out := map[string]string{}
	_, token, _ := strings.Cut(r.Exchange.RequestHeader.Get("Authorization"), " ")
	if len(token) >= least {
		out["token"] = token
	}
	var sent map[string]any
	if r.method != http.MethodGet && json.Unmarshal(r.Exchange.RequestBody, &sent) == nil {
		if password := text(sent, "password"); len(password) >= least {
			out["password"] = password
		}
	}
	return out
}
