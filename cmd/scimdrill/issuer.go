package main

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

type issuerCommand struct {
	endpoint.IssuerFlags

	Listen string `help:"Address to listen on." default:"127.0.0.1:8086" placeholder:"HOST:PORT"`
	Print  string `help:"Print this and end: keys (a JSON Web Key Set) or token (one that is valid for an hour)." placeholder:"WHAT" enum:",keys,token" default:""`
}

// Help is the example of --help.
func (issuerCommand) Help() string {
	return `When the secret of an application is left blank, Entra sends a token that it signed itself.
So do the other commands when no secret is given, with the issuer https://scimdrill.test in
the place of Microsoft's. This one serves what a target needs to verify such tokens: OpenID
configuration and keys, on loopback. Its first line on stdout is the address of the
configuration. SIGINT and SIGTERM stop it.

The target checks the signature (RS256, by the key that the header names), that iss is
https://scimdrill.test, that aud is its application's, and exp and nbf. For Entra itself iss is
https://sts.windows.net/TENANT/ and the keys are Microsoft's: make both a setting, and never
let a production system trust this issuer.

The key comes from a seed, so that it is the same each time, and anybody can make it. Where
others reach the target, use a file: openssl genrsa -out key.pem 2048

With --oauth-federation the commands sign an assertion instead, which stands for the client
secret at the vendor's token endpoint (workload identity federation).

Example:

    scimdrill issuer &
    scimdrill target --jwt-keys http://127.0.0.1:8086/discovery/keys &
    scimdrill connect --target http://127.0.0.1:8080`
}

// Run serves or prints.
func (c *issuerCommand) Run(ctx context.Context, a *console.Console) error {
	i, known, err := c.Made()
	if err != nil {
		return err
	}
	switch c.Print {
	case "keys":
		text, err := json.MarshalIndent(i.Keys(), "", "  ")
		if err != nil {
			return exit.Broken("", "write the keys: %w", err)
		}
		a.Print("%s", text)
		return nil
	case "token":
		token, err := i.Token(a.Now())
		if err != nil {
			return exit.Broken("", "%w", err)
		}
		a.Print("%s", token)
		return nil
	}
	listener, err := serve.Listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	a.Print("%s%s", base, issuer.ConfigurationPath)
	a.Say("keys: %s%s", base, issuer.KeysPath)
	a.Say("a target checks of a token: signature RS256, iss %s, aud %s, exp, nbf", issuer.Name, i.Audience())
	a.Say("a token endpoint checks of an assertion (--oauth-federation): the same with aud %s, sub %s", cmp.Or(c.IssuerAudience, issuer.AssertionAudience()), issuer.Subject())
	if known {
		a.Say("anybody can make the key of a seed; before a system that others reach trusts it, use --issuer-key FILE")
	}
	return serve.Until(ctx, listener, serve.New(i.Handler(base)))
}
