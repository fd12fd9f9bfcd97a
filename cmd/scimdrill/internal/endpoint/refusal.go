package endpoint

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

// errNoAnswer marks errors about a target that cannot be reached.
var errNoAnswer = errors.New("the target does not respond")

// Unreachable explains an exchange without an answer.
func Unreachable(e *Endpoint, x *exchange.Exchange) error {
	if x.Failure == exchange.FailureCredentials {
		hint := "check --oauth-token-url, --oauth-client-id and the client secret"
		if e.federated {
			hint = "check --oauth-token-url and --oauth-client-id; `scimdrill issuer` serves the keys of the assertion and prints what the token endpoint must check"
		}
		return exit.Broken(hint, "no access token: %s", x.Why)
	}
	what, hint := x.Failure.Meaning()
	if x.Failure == exchange.FailureTLS && x.Why != "" {
		what, hint = what+": "+x.Why, exchange.HandshakeHint(x.Why)
	}
	return &exit.Error{
		Code: reports.ExitBroken,
		Err:  fmt.Errorf("%w: %s %s: %s", errNoAnswer, x.Method, e.Redact.Text(x.URL), what), Hint: hint,
	}
}

// RefusalFix is what to do about a refusal: of our own token something else than of a secret.
func RefusalFix(e *Endpoint, x *exchange.Exchange, fix string) string {
	if e.Issuer != nil && (x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden) {
		return RefusedToken()
	}
	return fix
}

// RefusedToken says how a target verifies the tokens of our issuer.
func RefusedToken() string {
	return "no secret was given, so a token of " + issuer.Name + " was sent, as Entra sends one of its own; pass the secret with --token-file or SCIMDRILL_TOKEN, " +
		"or let the target trust that issuer; `scimdrill issuer` serves its keys and prints what to check"
}
