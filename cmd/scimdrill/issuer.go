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
	serve.DoorFlags

	Listen string `help:"Address to listen on." default:"127.0.0.1:8086" placeholder:"HOST:PORT"`
	Print  string `help:"Print keys (a JSON Web Key Set) or token (valid for an hour), then exit." placeholder:"WHAT" enum:",keys,token" default:""`
}

// Help is the example of --help.
func (issuerCommand) Help() string {
	return `If the secret of an application is blank, Entra sends a token that it signed itself. The other
commands do the same when no secret is given. Their issuer is https://scimdrill.test instead of
Microsoft's. This command serves the OpenID configuration and the keys that a target needs to
verify such tokens, on loopback. The first line on stdout is the address of the configuration.
SIGINT and SIGTERM stop it.

The target must check the signature (RS256, with the key named in the header), iss, aud, exp and
nbf. iss is https://scimdrill.test, and aud is the audience of the application. For Entra itself,
iss is https://sts.windows.net/TENANT/ and the keys are Microsoft's. Make both configurable.
Never let a production system trust this issuer.

The key is derived from a seed, so it is the same each time, and anyone can derive it. If others
can reach the target, use a file: openssl genrsa -out key.pem 2048

With --oauth-federation, the commands sign an assertion instead. It replaces the client secret at
the vendor's token endpoint (workload identity federation).

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
		a.PrintLines(string(text))
		return nil
	case "token":
		token, err := i.Token(a.Now())
		if err != nil {
			return exit.Broken("", "%w", err)
		}
		a.Print("%s", token)
		return nil
	}
	listener, err := c.DoorFlags.Listen(ctx, a, c.Listen)
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	a.Print("%s%s", base, issuer.ConfigurationPath)
	a.Say("keys: %s%s", base, issuer.KeysPath)
	a.Say("a target must check in a token: signature RS256, iss %s, aud %s, exp, nbf", issuer.Name, i.Audience())
	a.Say("a token endpoint must check in an assertion (--oauth-federation): the same, with aud %s, sub %s", cmp.Or(c.IssuerAudience, issuer.AssertionAudience()), issuer.Subject())
	if known {
		a.Say("anyone can derive a key from its seed; use --issuer-key FILE before a system that others can reach trusts the key")
	}
	return serve.Until(ctx, listener, serve.New(a, c.Door(c.Listen), i.Handler(base)))
}
