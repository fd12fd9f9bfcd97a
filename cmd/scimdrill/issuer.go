package main

import (
	"cmp"
	"context"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// issuerFlags say what the tokens are that are sent when no secret is given.
type issuerFlags struct {
	IssuerKey      string `help:"Key of the tokens that are sent when no secret is given: a seed, or a file with an RSA key (PEM)." default:"1" placeholder:"SEED|FILE" group:"Target"`
	IssuerAudience string `help:"Audience of those tokens (default: that of applications outside the gallery)." placeholder:"ID" group:"Target"`
}

// made reads or makes the key; known reports whether anybody could make it.
func (f *issuerFlags) made() (i *issuer.Issuer, known bool, err error) {
	key, known, err := f.key()
	if err != nil {
		return nil, false, err
	}
	i, err = issuer.New(key, f.IssuerAudience)
	return i, known, err //nolint:wrapcheck // it says what it is
}

func (f *issuerFlags) key() (key *rsa.PrivateKey, known bool, err error) {
	if seed, err := strconv.ParseUint(f.IssuerKey, 10, 64); err == nil {
		key, err = issuer.FromSeed(seed)
		return key, true, err //nolint:wrapcheck // it says what it is
	}
	text, err := os.ReadFile(f.IssuerKey)
	if err != nil {
		return nil, false, usage("give a number as seed, or a file with an RSA key", "--issuer-key: %w", err)
	}
	if key, err = issuer.ReadKey(text); err != nil {
		return nil, false, usage("", "--issuer-key %s: %w", f.IssuerKey, err)
	}
	return key, false, nil
}

// assertions signs what stands for a client secret; a seed's key is made when it is needed.
func (f *issuerFlags) assertions() (func(time.Time) (string, error), error) {
	make := sync.OnceValues(func() (*issuer.Issuer, error) {
		i, _, err := f.made()
		return i, err
	})
	if !f.seeded() {
		if _, err := make(); err != nil {
			return nil, err
		}
	}
	return func(now time.Time) (string, error) {
		i, err := make()
		if err != nil {
			return "", err
		}
		return i.Assertion(now, f.IssuerAudience)
	}, nil
}

// seeded reports whether the key comes from a seed, without making it.
func (f *issuerFlags) seeded() bool {
	_, err := strconv.ParseUint(f.IssuerKey, 10, 64)
	return err == nil
}

// selfIssued lets requests carry a token of our issuer, as Entra sends one of its own when
// the secret is left blank (W-127).
func (f *targetFlags) selfIssued(a *app, e *endpoint) error {
	if f.Anonymous || e.header.Get("Authorization") != "" {
		return nil
	}
	if !f.seeded() { // a key file is read now, where its mistakes can be told
		i, _, err := f.made()
		if err != nil {
			return err
		}
		e.issuer = func() (*issuer.Issuer, error) { return i, nil }
	} else {
		e.issuer = func() (*issuer.Issuer, error) {
			i, _, err := f.made()
			return i, err
		}
	}
	e.authorization = exchange.AccessToken
	a.say("note: no secret is given, so a token of %s is sent, as Entra sends one of its own (--anonymous sends none)", issuer.Name)
	if e.external() && f.seeded() {
		a.say("note: anybody can make the key of a seed; before a system that others reach trusts it, use --issuer-key FILE")
	}
	return nil
}

// refusalFix is what to do about a refusal: of our own token something else than of a secret.
func refusalFix(e *endpoint, x *exchange.Exchange, fix string) string {
	if e.issuer != nil && (x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden) {
		return refusedToken()
	}
	return fix
}

// challenge is what a target says of a token that it refused (RFC 6750 section 3).
func challenge(x *exchange.Exchange) string {
	_, text, _ := strings.Cut(x.ResponseHeader.Get("WWW-Authenticate"), `error_description="`)
	text, _, ok := strings.Cut(text, `"`)
	if !ok || text == "" {
		return ""
	}
	return " (" + text + ")"
}

// refused reports whether a cycle ended because the target did not let us in.
func refused(c cycle.Result) bool {
	return c.Cause != nil && (c.Cause.Error.Code == provlog.CodeUnauthorized || c.Cause.Error.Code == provlog.CodeInvalidCredentials)
}

// refusedToken says how a target verifies the tokens of our issuer.
func refusedToken() string {
	return "no secret was given, so a token of " + issuer.Name + " was sent, as Entra sends one of its own; give the secret by --token-file or SCIMDRILL_TOKEN, " +
		"or let the target trust that issuer: `scimdrill issuer` serves its keys and says what to check"
}

type issuerCommand struct {
	issuerFlags

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
func (c *issuerCommand) Run(ctx context.Context, a *app) error {
	i, known, err := c.made()
	if err != nil {
		return err
	}
	switch c.Print {
	case "keys":
		text, err := json.MarshalIndent(i.Keys(), "", "  ")
		if err != nil {
			return broken("", "write the keys: %w", err)
		}
		a.print("%s", text)
		return nil
	case "token":
		token, err := i.Token(a.now())
		if err != nil {
			return broken("", "%w", err)
		}
		a.print("%s", token)
		return nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return &failure{code: listenCode(err), err: fmt.Errorf("listen: %w", err), hint: "is the port taken? --listen 127.0.0.1:0 takes a free one"}
	}
	base := "http://" + listener.Addr().String()
	a.print("%s%s", base, issuer.ConfigurationPath)
	a.say("keys: %s%s", base, issuer.KeysPath)
	a.say("a target checks of a token: signature RS256, iss %s, aud %s, exp, nbf", issuer.Name, i.Audience())
	a.say("a token endpoint checks of an assertion (--oauth-federation): the same with aud %s, sub %s", cmp.Or(c.IssuerAudience, issuer.AssertionAudience()), issuer.Subject())
	if known {
		a.say("anybody can make the key of a seed; before a system that others reach trusts it, use --issuer-key FILE")
	}
	return serve(ctx, listener, i.Handler(base))
}
