package endpoint

import (
	"net/url"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// OAuthFlags say where access tokens come from.
type OAuthFlags struct {
	OAuthTokenURL    string `name:"oauth-token-url" help:"Address of the token endpoint for client credentials." placeholder:"URL" group:"Target"`
	OAuthClientID    string `name:"oauth-client-id" help:"Client id for the token endpoint. The secret is in SCIMDRILL_OAUTH_CLIENT_SECRET." placeholder:"ID" group:"Target"`
	OAuthSecretFile  string `name:"oauth-client-secret-file" help:"File with the client secret, instead of the variable." placeholder:"FILE" group:"Target"`
	OAuthScope       string `name:"oauth-scope" help:"Scope to request." placeholder:"SCOPE" group:"Target"`
	OAuthFederation  string `name:"oauth-federation" help:"Workload identity federation: send a signed assertion instead of a secret (assertion, RFC 7523), or exchange one (exchange, RFC 8693). --issuer-key sets its key, --issuer-audience its audience." enum:",assertion,exchange" default:"" placeholder:"HOW" group:"Target"`
	OAuthAudience    string `name:"oauth-audience" help:"Audience of a token exchange." placeholder:"ID" group:"Target"`
	OAuthInBody      bool   `name:"oauth-in-body" help:"Send the client id and secret in the body instead of a Basic header." group:"Target"`
	OAuthRefreshFile string `name:"oauth-refresh-token-file" help:"File with the refresh token that scimdrill authorize saved; or set SCIMDRILL_OAUTH_REFRESH_TOKEN. A replacement token is written to the file." placeholder:"FILE" group:"Target"`
}

// Client checks the flags and reads the client's secret.
func (f *OAuthFlags) Client(con *console.Console) (*scimclient.OAuthConfig, []string, error) {
	if err := TokenAddress("--oauth-token-url", f.OAuthTokenURL); err != nil {
		return nil, nil, err
	}
	if f.OAuthFederation != "" {
		return f.secretless()
	}
	secret, err := con.Secret(f.OAuthSecretFile, "--oauth-client-secret-file", "SCIMDRILL_OAUTH_CLIENT_SECRET")
	if err != nil {
		return nil, nil, err
	}
	if secret == "" {
		return nil, nil, exit.Usage("set SCIMDRILL_OAUTH_CLIENT_SECRET, or pass --oauth-client-secret-file FILE or --oauth-federation assertion", "--oauth-token-url needs a client secret")
	}
	encoded := url.QueryEscape(secret) // as it stands in a Basic header (RFC 6749 section 2.3.1)
	secrets := append([]string{secret, f.OAuthClientID + ":" + secret, url.QueryEscape(f.OAuthClientID) + ":" + encoded}, exchange.NewAddress(f.OAuthTokenURL).Secrets()...)
	return &scimclient.OAuthConfig{
		TokenURL: f.OAuthTokenURL, ClientID: f.OAuthClientID, ClientSecret: secret, Scope: f.OAuthScope, InBody: f.OAuthInBody,
	}, secrets, nil
}

// secretless is a client that an assertion stands for (W-130).
func (f *OAuthFlags) secretless() (*scimclient.OAuthConfig, []string, error) {
	switch {
	case f.OAuthSecretFile != "" || f.OAuthRefreshFile != "" || f.OAuthInBody:
		return nil, nil, exit.Usage("omit them", "--oauth-federation excludes --oauth-client-secret-file, --oauth-refresh-token-file and --oauth-in-body")
	case (f.OAuthFederation == "exchange") != (f.OAuthAudience != ""):
		return nil, nil, exit.Usage("pass both or neither", "--oauth-audience and --oauth-federation exchange must be used together")
	}
	return &scimclient.OAuthConfig{
		TokenURL: f.OAuthTokenURL, ClientID: f.OAuthClientID, Scope: f.OAuthScope,
		Federation: &scimclient.Federation{Exchange: f.OAuthFederation == "exchange", Audience: f.OAuthAudience},
	}, exchange.NewAddress(f.OAuthTokenURL).Secrets(), nil
}

// TokenAddress refuses what secrets must not be sent to.
func TokenAddress(flag, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return exit.Usage("for example "+flag+" https://login.example.com/oauth/token", "%s %q is not an http or https URL without credentials", flag, exchange.NewRedactor().Text(address))
	}
	if u.Scheme == "http" && !Loopback(u.Hostname()) {
		return exit.Usage("use https", "%s: the client secret would be sent in clear text", flag)
	}
	return nil
}
