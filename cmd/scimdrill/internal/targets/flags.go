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
	serve.DoorFlags

	Listen         string        `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Defect         []string      `help:"Defect to enable; repeatable." placeholder:"ID"`
	ListDefects    bool          `help:"List the defects, one per line."`
	Variant        []string      `help:"Permitted variant: another choice where the RFCs leave one open; repeatable." placeholder:"ID"`
	ListVariants   bool          `help:"List the permitted variants, one per line."`
	SchemaSubset   string        `help:"Serve a smaller schema that is correct: without the attributes in a list such as title,emails,Group, or without those that a number draws as a seed." placeholder:"LIST"`
	Me             string        `help:"User that /Me refers to. Without it, /Me returns 501." placeholder:"NAME"`
	MeElsewhere    bool          `help:"Redirect requests for /Me to the address of that user (308)."`
	MaxResults     int           `help:"Largest page of a list; announced to clients (default: 1000)." default:"1000" placeholder:"N"`
	MaxOperations  int           `help:"Maximum number of operations in a bulk request; announced to clients (default: 1000)." default:"1000" placeholder:"N"`
	MaxPayloadSize int64         `help:"Maximum size of a bulk request; announced to clients (default: 1048576)." default:"1048576" placeholder:"BYTES"`
	CursorTimeout  time.Duration `help:"Lifetime of a cursor in whole seconds; announced to clients (default: 1h)." default:"1h" placeholder:"TIME"`
	BasicUser      string        `help:"Require this user name and the password in SCIMDRILL_BASIC_PASSWORD instead of a token." placeholder:"NAME"`
	Fault          []string      `help:"Fault that affects some requests, such as 500=0.02 or latency=0.1:200ms; repeatable." placeholder:"KIND=RATE" sep:"none"`
	ListFaults     bool          `help:"List the kinds of faults, each with an example."`
	OAuthClientID  string        `name:"oauth-client-id" help:"Issue access tokens to this client at /oauth/token, and accept only those. The secret is in SCIMDRILL_OAUTH_CLIENT_SECRET." placeholder:"ID"`
	OAuthLife      time.Duration `type:"above-zero" name:"oauth-life" help:"Lifetime of an access token." default:"1h" placeholder:"TIME"`
	OAuthRedirect  []string      `name:"oauth-redirect" help:"Redirect address of the client. An administrator can then sign in at /oauth/authorize. On 127.0.0.1, any port matches; repeatable." placeholder:"URL" sep:"none"`
	OAuthAccount   []string      `name:"oauth-account" help:"Account that can sign in (default: admin). NAME is an administrator, NAME=read is one who may only read, NAME=member is not; repeatable. The password is in SCIMDRILL_SIGN_IN_PASSWORD." placeholder:"NAME" sep:"none"`
	OAuthRotate    bool          `name:"oauth-rotate" help:"Issue a new refresh token with each access token, and reject the old one."`
	JWTKeys        string        `name:"jwt-keys" help:"Accept only tokens signed by an issuer: the address of its OpenID configuration or keys (scimdrill issuer serves both). With --oauth-client-id, /oauth/token accepts its assertions instead of the client secret." placeholder:"URL"`
	JWTIssuer      string        `name:"jwt-issuer" help:"Issuer of these tokens." default:"https://scimdrill.test" placeholder:"URL"`
	JWTAudience    string        `name:"jwt-audience" help:"Audience of these tokens (default: the audience of non-gallery applications, or of assertions)." placeholder:"ID"`
	Data           string        `help:"File that stores the data of the target across restarts and kills. Without it, data stays in memory." placeholder:"FILE"`
	Tenant         []string      `help:"Serve several tenants, each with its own token in SCIMDRILL_TOKEN_<NAME>. A missing token is created and printed; repeatable." placeholder:"NAME"`
	Persona        string        `help:"Simulate an organization behind the target: goto, or the retired gotomeeting and citrix-gotomeeting. An assumption about GoTo, not its API." placeholder:"NAME"`
	PersonaConfig  string        `help:"YAML file with the organization of the persona: domains, products, rules, assumptions." placeholder:"FILE"`
	DNS            string        `name:"dns" help:"Answer questions of DNS for the domains of --persona at this address of loopback, for dig and nslookup." placeholder:"HOST:PORT"`
	PrintPersona   bool          `name:"print-persona-config" help:"Print the built-in organization of --persona as a starting point for a file."`
	Seed           *uint64       `help:"Seed for the ids that the target assigns and for the choice of requests that fail." placeholder:"N"`

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
		return nil, exit.Usage("omit one of them", "--basic-user excludes --oauth-client-id and --jwt-keys")
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
