package main

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// otherTenant is the Authorization of another tenant of the service, or "".
func (c *conformCommand) otherTenant(a *console, e *endpoint) (string, error) {
	token, err := a.secret(c.SecondToken, "--second-token-file", "SCIMDRILL_SECOND_TOKEN")
	if err != nil || token == "" {
		return "", err
	}
	e.secrets = append(e.secrets, token)
	e.redact.Add(token)
	if e.authorization == "Bearer "+token {
		return "", usage("give the token of another tenant of the same service, or leave it out",
			"the token of another tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is that of the target itself, who sees what is its own")
	}
	return "Bearer " + token, nil
}

// otherKnown looks whether the other tenant is let in: one that is not sees nothing, which
// would prove nothing.
func (g *grading) otherKnown(ctx context.Context, sender *exchange.Sender, t *transcript) error {
	if g.other == "" {
		return nil
	}
	e := *g.endpoint
	e.authorization = g.other
	p := &probe{endpoint: &e, sender: sender, guid: randomGUID(g.random), record: t.addMasked}
	_, x := p.testConnection(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden:
		return broken("give a valid token of another tenant of the same service, or leave it out",
			"the token of another tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is refused: GET /Users: status %d", x.Status)
	}
	return nil
}
