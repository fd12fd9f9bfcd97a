package scimclient

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// Federation is workload identity federation (W-130): a signed assertion that the token
// endpoint takes for a client secret (RFC 7523 section 2.2), or exchanges (RFC 8693).
type Federation struct {
	// Assertion signs one.
	Assertion func(now time.Time) (string, error)
	// Exchange asks for a token exchange, which Microsoft has for Google's applications only.
	Exchange bool
	// Audience is named in an exchange.
	Audience string
}

// federated is the request for one access token.
func (c *OAuthConfig) federated(d OAuthDeps) (*clientcredentials.Config, error) {
	assertion, err := c.Federation.Assertion(d.Now())
	if err != nil {
		return nil, fmt.Errorf("sign an assertion: %w", err)
	}
	d.Redact.Add(assertion)
	cfg := &clientcredentials.Config{TokenURL: c.TokenURL, Scopes: strings.Fields(c.Scope), AuthStyle: oauth2.AuthStyleInParams}
	if c.Federation.Exchange {
		cfg.EndpointParams = url.Values{
			"grant_type":           {"urn:ietf:params:oauth:grant-type:token-exchange"},
			"subject_token":        {assertion},
			"subject_token_type":   {"urn:ietf:params:oauth:token-type:jwt"},
			"requested_token_type": {"urn:ietf:params:oauth:token-type:access_token"},
			"audience":             {c.Federation.Audience},
		}
		return cfg, nil
	}
	cfg.ClientID = c.ClientID
	cfg.EndpointParams = url.Values{
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {assertion},
	}
	return cfg, nil
}
