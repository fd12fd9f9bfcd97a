package targets

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

// oauth is the client that gets access tokens.
func (c *Flags) oauth(con *console.Console) (client *target.OAuth, err error) {
	if c.OAuthClientID == "" {
		if len(c.OAuthRedirect)+len(c.OAuthAccount) > 0 || c.OAuthRotate {
			return nil, exit.Usage("add --oauth-client-id ID", "--oauth-redirect, --oauth-account and --oauth-rotate need --oauth-client-id")
		}
		return nil, nil
	}
	o := &target.OAuth{ClientID: c.OAuthClientID, Life: c.OAuthLife, Redirects: c.OAuthRedirect, Rotate: c.OAuthRotate}
	if c.Persona != "" {
		o.Title = gotopersona.Short
	}
	if c.JWTKeys != "" {
		o.Assertions = &target.JWT{Keys: c.JWTKeys, Issuer: c.JWTIssuer, Audience: cmp.Or(c.JWTAudience, issuer.AssertionAudience())}
	} else if o.ClientSecret, err = c.secret(con, "SCIMDRILL_OAUTH_CLIENT_SECRET"); err != nil {
		return nil, err
	}
	if len(c.OAuthRedirect) == 0 {
		return o, nil
	}
	password, err := c.secret(con, "SCIMDRILL_SIGN_IN_PASSWORD")
	if err != nil {
		return nil, err
	}
	names := c.OAuthAccount
	if len(names) == 0 {
		names = []string{"admin"}
	}
	for _, text := range names {
		name, kind, _ := strings.Cut(text, "=")
		if name == "" || !slices.Contains([]string{"", "admin", "read", "member"}, kind) {
			return nil, exit.Usage("for example --oauth-account ada, or --oauth-account ben=member", "--oauth-account %q is not NAME, NAME=read or NAME=member", text)
		}
		o.Accounts = append(o.Accounts, target.Account{Name: name, Password: password, Admin: kind != "member", ReadOnly: kind == "read"})
	}
	return o, nil
}
