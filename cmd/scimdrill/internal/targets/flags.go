package targets

import (
	"cmp"
	"crypto/rand"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

// Flags say what is served, and to whom.
type Flags struct {
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

// secret is that of a variable, or one that is made here and has to be printed.
func (c *Flags) secret(con *console.Console, variable string) (string, error) {
	secret, err := con.Secret("", "", variable)
	if err == nil && secret == "" {
		secret = rand.Text()
		c.made = append(c.made, variable+"="+secret)
	}
	return secret, err
}

// basic is the name and the password that the target asks for, or nil.
func (c *Flags) basic(con *console.Console) (*target.Basic, error) {
	if c.BasicUser == "" {
		return nil, nil
	}
	if c.OAuthClientID != "" || c.JWTKeys != "" {
		return nil, exit.Usage("leave one of them out", "--basic-user excludes --oauth-client-id and --jwt-keys")
	}
	password, err := con.Secret("", "", "SCIMDRILL_BASIC_PASSWORD")
	if err == nil && password == "" {
		err = exit.Usage("set SCIMDRILL_BASIC_PASSWORD", "--basic-user needs a password")
	}
	return &target.Basic{User: c.BasicUser, Password: password}, err
}

// jwt is the issuer whose tokens are taken.
func (c *Flags) jwt() (*target.JWT, error) {
	if c.JWTKeys == "" || c.OAuthClientID != "" {
		return nil, nil
	}
	return &target.JWT{Keys: c.JWTKeys, Issuer: c.JWTIssuer, Audience: cmp.Or(c.JWTAudience, issuer.Audience)}, nil
}

// token is the one that the target asks for.
func (c *Flags) token(con *console.Console) (string, error) {
	if c.BasicUser != "" || c.OAuthClientID != "" || c.JWTKeys != "" || len(c.Tenant) > 0 {
		return rand.Text(), nil // nobody is told
	}
	return c.secret(con, "SCIMDRILL_TOKEN")
}
