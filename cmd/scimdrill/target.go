package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

type targetCommand struct {
	serve.TLSFlags

	Listen         string        `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Defect         []string      `help:"Defect to switch on; repeatable." placeholder:"ID"`
	ListDefects    bool          `help:"List the defects, one a line."`
	Variant        []string      `help:"Choice that the RFCs leave open, made another way; repeatable." placeholder:"ID"`
	ListVariants   bool          `help:"List these choices, one a line."`
	Me             string        `help:"User name that the credentials belong to: who /Me is, and 501 without it." placeholder:"NAME"`
	MeElsewhere    bool          `help:"Send requests for /Me on to the address of that user (308), instead of answering them."`
	MaxResults     int           `help:"Largest page of a list, as announced (default: 1000)." default:"1000" placeholder:"N"`
	MaxOperations  int           `help:"Most operations of a bulk request, as announced (default: 1000)." default:"1000" placeholder:"N"`
	MaxPayloadSize int64         `help:"Largest bulk request, as announced (default: 1048576)." default:"1048576" placeholder:"BYTES"`
	CursorTimeout  time.Duration `help:"How long a cursor can be used, as announced, in whole seconds (default: 1h)." default:"1h" placeholder:"TIME"`
	BasicUser      string        `help:"Ask for this user name and the password in SCIMDRILL_BASIC_PASSWORD instead of a token." placeholder:"NAME"`
	Fault          []string      `help:"Mishap that some requests meet, such as 500=0.02 or latency=0.1:200ms; repeatable." placeholder:"KIND=RATE" sep:"none"`
	ListFaults     bool          `help:"List the kinds of fault, each with an example."`
	OAuthClientID  string        `name:"oauth-client-id" help:"Give access tokens at /oauth/token to this client, and take nothing else; its secret is in SCIMDRILL_OAUTH_CLIENT_SECRET." placeholder:"ID"`
	OAuthLife      time.Duration `type:"above-zero" name:"oauth-life" help:"How long such a token lives." default:"1h" placeholder:"TIME"`
	OAuthRedirect  []string      `name:"oauth-redirect" help:"Redirect address of that client: lets an administrator sign in at /oauth/authorize. Any port is right on 127.0.0.1; repeatable." placeholder:"URL" sep:"none"`
	OAuthAccount   []string      `name:"oauth-account" help:"Who can sign in (default: admin): an administrator, or NAME=member for somebody who is none; repeatable. The password is in SCIMDRILL_SIGN_IN_PASSWORD." placeholder:"NAME" sep:"none"`
	OAuthRotate    bool          `name:"oauth-rotate" help:"Give a new refresh token with each access token, and take the old one no more."`
	JWTKeys        string        `name:"jwt-keys" help:"Take tokens that an issuer signed, and nothing else: address of its OpenID configuration or keys; scimdrill issuer serves both. With --oauth-client-id, take its assertions for the client secret at /oauth/token." placeholder:"URL"`
	JWTIssuer      string        `name:"jwt-issuer" help:"Issuer of those tokens." default:"https://scimdrill.test" placeholder:"URL"`
	JWTAudience    string        `name:"jwt-audience" help:"Their audience (default: that of applications outside the gallery, or of assertions)." placeholder:"ID"`
	Data           string        `help:"File that keeps what the target holds, over a restart and a kill; without it, it is kept in memory." placeholder:"FILE"`
	Tenant         []string      `help:"Serve several tenants, each with a token of its own in SCIMDRILL_TOKEN_<NAME>, which is made and printed where it is not set; repeatable." placeholder:"NAME"`
	Persona        string        `help:"Put an organization behind the target: goto, or its retired siblings gotomeeting and citrix-gotomeeting. An assumption about GoTo, not its API." placeholder:"NAME"`
	PersonaConfig  string        `help:"YAML file with the organization of the persona: domains, products, rules, assumptions." placeholder:"FILE"`
	PrintPersona   bool          `name:"print-persona-config" help:"Print the built-in organization of --persona, to start a file from."`
	Seed           *uint64       `help:"Fixes the ids that the target gives, and which requests meet a fault." placeholder:"N"`

	made []string // what has to be printed, as it was made here
}

// Help is the example of --help.
func (targetCommand) Help() string {
	return `Serves a correct SCIM 2.0 target in memory, or one with defects. Its first line on stdout is
the base URL; without SCIMDRILL_TOKEN it makes a token and prints it on the second line.
With --oauth-client-id it wants access tokens instead, which it gives at /oauth/token; with
--oauth-redirect an administrator can sign in at /oauth/authorize, as scimdrill authorize asks.
With --tls-self or --tls-cert it speaks https, and HTTP/2. SIGINT and SIGTERM stop it.

A fault depends on the seed, the method, the object and how often it was asked for, so that
a run meets the same ones with any --parallel. --list-faults shows the kinds: refusals (429,
500, burst, rate-limit, object-limit), connections that end (reset-before, reset-after),
effects whose answer is lost (lost, truncated, corrupted), stale reads, latency and jitter.
Behind it stand methods, a path and for how long, all as wanted. How many requests met which
is said at the end.

--max-results, --max-operations, --max-payload-size and --cursor-timeout bound pages, bulk
requests and cursors: /ServiceProviderConfig announces them under such names, and they are kept.

A target with a --variant is as correct as one without, and no RFC check fails on it. Three
variants conflict with what Entra needs; --list-variants names the checks that find them.

With --tenant, each tenant has data of its own, and the token says whose a request is about;
with --data too, each has a file with its name behind that path. One target at a time may
use a file.

With --persona goto an organization stands behind it: domains to verify, nine attributes, and
User Sync rules that turn directory groups into seats, rights and mails. GET / shows it, and
what is documented and what assumed; GET /persona/state is the same as JSON.

Example:

    scimdrill target --persona goto --persona-config organization.yaml

    scimdrill target --data people.data --tenant contoso --tenant fabrikam

    SCIMDRILL_TOKEN=secret scimdrill target --defect CAS-01 \
        --fault 500=0.02 --fault '429=0.5:30s on POST /Users for 10m' --seed 7`
}

// Run serves until it is told to stop.
func (c *targetCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListDefects {
		for _, d := range target.Catalog() {
			a.Row(fmt.Sprintf("%-6s  ", d.ID), d.Title)
		}
		return nil
	}
	if c.ListVariants {
		for _, v := range target.Variants() {
			title := v.Title
			if len(v.Against) > 0 {
				title += fmt.Sprintf(" (found by %s: %s)", strings.Join(v.Against, ", "), v.Why)
			}
			a.Row(fmt.Sprintf("%-23s  ", v.ID), title)
		}
		return nil
	}
	if c.ListFaults {
		listFaults(a)
		return nil
	}
	if c.PrintPersona {
		text, err := gotopersona.Text(cmp.Or(c.Persona, "goto"))
		if err != nil {
			return exit.Usage("", "--persona: %w", err)
		}
		a.Print("%s", strings.TrimSuffix(text, "\n"))
		return nil
	}
	token, err := c.token(a)
	if err != nil {
		return err
	}
	basic, err := c.basic(a)
	if err != nil {
		return err
	}
	limits, err := c.limits()
	if err != nil {
		return err
	}
	options := target.Options{
		Seed: a.Random(), Token: token, Basic: basic, Variants: c.Variant, Defects: c.Defect, Me: c.Me, MeElsewhere: c.MeElsewhere, Limits: limits, Data: c.Data, Now: a.Now,
	}
	if c.Seed != nil {
		options.Seed = *c.Seed
	}
	if options.OAuth, err = c.oauth(a); err != nil {
		return err
	}
	if options.JWT, err = c.jwt(); err != nil {
		return err
	}
	handler, err := c.served(a, options)
	if err != nil {
		return err
	}
	defer kept(a, handler)
	faulty, err := c.faulty(handler, options)
	if err != nil {
		return err
	}
	if faulty != nil {
		handler = faulty
		defer sayFaults(a, faulty)
	}
	secure, err := c.Config(a, c.Listen)
	if err != nil {
		return err
	}
	listener, err := serve.Listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	if secure != nil {
		base = "https://" + listener.Addr().String()
	}
	a.Print("%s", base)
	for _, line := range c.made {
		a.Print("%s", line)
	}
	if c.Persona != "" {
		a.Say("persona %s: %s", c.Persona, gotopersona.Label)
		a.Say("organization, rules, seats and mails: %s/", base)
	}
	a.Say("serving with seed %d; Ctrl-C stops it", options.Seed)
	server := serve.New(handler)
	server.TLSConfig, server.ErrorLog = secure, log.New(serve.Complaints{Console: a}, "", 0)
	return serve.Until(ctx, listener, server)
}

// secret is that of a variable, or one that is made here and has to be printed.
func (c *targetCommand) secret(a *console.Console, variable string) (string, error) {
	secret, err := a.Secret("", "", variable)
	if err == nil && secret == "" {
		secret = rand.Text()
		c.made = append(c.made, variable+"="+secret)
	}
	return secret, err
}

// basic is the name and the password that the target asks for, or nil.
func (c *targetCommand) basic(a *console.Console) (*target.Basic, error) {
	if c.BasicUser == "" {
		return nil, nil
	}
	if c.OAuthClientID != "" || c.JWTKeys != "" {
		return nil, exit.Usage("leave one of them out", "--basic-user excludes --oauth-client-id and --jwt-keys")
	}
	password, err := a.Secret("", "", "SCIMDRILL_BASIC_PASSWORD")
	if err == nil && password == "" {
		err = exit.Usage("set SCIMDRILL_BASIC_PASSWORD", "--basic-user needs a password")
	}
	return &target.Basic{User: c.BasicUser, Password: password}, err
}

// jwt is the issuer whose tokens are taken.
func (c *targetCommand) jwt() (*target.JWT, error) {
	if c.JWTKeys == "" || c.OAuthClientID != "" {
		return nil, nil
	}
	return &target.JWT{Keys: c.JWTKeys, Issuer: c.JWTIssuer, Audience: cmp.Or(c.JWTAudience, issuer.Audience)}, nil
}

// token is the one that the target asks for.
func (c *targetCommand) token(a *console.Console) (string, error) {
	if c.BasicUser != "" || c.OAuthClientID != "" || c.JWTKeys != "" || len(c.Tenant) > 0 {
		return rand.Text(), nil // nobody is told
	}
	return c.secret(a, "SCIMDRILL_TOKEN")
}
