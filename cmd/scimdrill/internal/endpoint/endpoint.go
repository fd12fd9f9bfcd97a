package endpoint

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Flags say where the endpoint is and how to be let in.
type Flags struct {
	OAuthFlags
	IssuerFlags

	Target             string        `help:"Tenant URL: the base of /Users and /Groups, with any flags such as ?aadOptscim062020." placeholder:"URL" group:"Target"`
	TokenFile          string        `help:"File with the bearer token; or set SCIMDRILL_TOKEN." placeholder:"FILE" group:"Target"`
	BasicUser          string        `help:"User name for basic authentication." placeholder:"NAME" group:"Target"`
	BasicPasswordFile  string        `help:"File with the password for --basic-user; or set SCIMDRILL_BASIC_PASSWORD." placeholder:"FILE" group:"Target"`
	Anonymous          bool          `help:"Send no credentials when no secret is given." group:"Target"`
	Header             []string      `help:"Additional header, such as one that a gateway requires; repeatable." placeholder:"NAME=VALUE" sep:"none" group:"Target"`
	CAFile             string        `name:"ca-file" help:"Certificates (PEM) to trust in addition to the system's." placeholder:"FILE" group:"Target"`
	InsecureSkipVerify bool          `help:"Do not check the certificate. Anyone on the network path can read the token." group:"Target"`
	InsecureHTTP       bool          `name:"insecure-http" help:"Send credentials over http to a host that is not loopback. Anyone on the network path can read them." group:"Target"`
	Redact             []string      `help:"Additional header or JSON attribute to redact in all files except job.db, tenant.db and the journal, which cleanup reads; repeatable." placeholder:"NAME" group:"Target"`
	Timeout            time.Duration `type:"above-zero" help:"Longest wait for one response." default:"60s" group:"Target"`
	AllowHost          []string      `help:"Host that is not loopback but may be written to; repeatable." placeholder:"HOST" group:"Target"`
	AllowRate          bool          `help:"Send more than 25 requests per second to a host that is not loopback." group:"Target"`
}

// Endpoint is a target, ready to be talked to.
type Endpoint struct {
	URL           *url.URL
	Authorization string
	OAuth         *scimclient.OAuthConfig        // nil without access tokens
	Issuer        func() (*issuer.Issuer, error) // nil unless tokens of our own are sent
	address       exchange.Address
	federated     bool // an assertion stands for the client secret
	Header        http.Header
	Client        *http.Client
	Dialled       *atomic.Int64 // connections opened
	Limits        exchange.Limits
	Secrets       []string
	Hidden        []string // names of headers and attributes that are redacted too
	Redact        *exchange.Redactor
	// Embedded says that the target lives in this process, so that nothing of it remains.
	Embedded bool
}

// External reports whether the endpoint is on another machine.
func (e *Endpoint) External() bool { return !Loopback(e.URL.Hostname()) }

// Shown is the address in commands to type: with variables in the place of secrets.
func (e *Endpoint) Shown() string { return e.Redact.Text(e.address.Shown()) }

// Open checks the flags and reads the credentials. Nothing is sent.
func (f *Flags) Open(con *console.Console) (*Endpoint, error) {
	typed := *f
	if err := f.expand(con); err != nil {
		return nil, err
	}
	target, err := ParseTarget(f.Target)
	if err != nil {
		return nil, err
	}
	e := &Endpoint{URL: target, Limits: exchange.Limits{Timeout: f.Timeout}, address: exchange.NewAddress(f.Target)}
	e.Secrets = append(e.Secrets, e.address.Secrets()...)
	if err := f.headers(e); err != nil {
		return nil, err
	}
	if err := f.credentials(con, e); err != nil {
		return nil, err
	}
	if err := f.encrypted(con, e); err != nil {
		return nil, err
	}
	e.Secrets = append(e.Secrets, proxySecrets(con)...)
	e.Hidden = append(e.Hidden, f.Redact...)
	e.Redact = exchange.NewRedactor(e.Secrets...).Hide(e.Hidden...)
	con.Redact = e.Redact
	typed.noteExposed(con)
	trust, err := f.Trust(con)
	if err != nil {
		return nil, err
	}
	e.Client, e.Dialled = NewClient(con, trust)
	return e, nil
}

// OpenForWriting is open for a command that changes the target.
func (f *Flags) OpenForWriting(con *console.Console) (*Endpoint, error) {
	if err := f.expand(con); err != nil {
		return nil, err
	}
	target, err := ParseTarget(f.Target)
	if err != nil {
		return nil, err
	}
	if err := mayWrite(target, f.AllowHost); err != nil {
		return nil, err
	}
	return f.Open(con)
}

// ParseTarget reads the address of a target. An address with a user name or a password is an error.
func ParseTarget(text string) (*url.URL, error) {
	const hint = "pass the base of /Users and /Groups, for example --target http://127.0.0.1:8080"
	if text == "" {
		return nil, exit.Usage(hint+"; `scimdrill target` serves one for experiments", "no target: --target URL is missing")
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, exit.Usage(hint, "--target %q is not an http or https URL", exchange.NewRedactor().Text(text))
	}
	if strings.Contains(text, exchange.Redacted) {
		return nil, exit.Usage("pass the whole address with --target", "a secret of the target URL is redacted")
	}
	if u.User != nil {
		return nil, exit.Usage("use --token-file, or --basic-user with SCIMDRILL_BASIC_PASSWORD", "the target URL contains a user name or password, which would appear in logs")
	}
	return u, nil
}

func (f *Flags) headers(e *Endpoint) error {
	e.Header = http.Header{}
	for _, text := range f.Header {
		name, value, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " :\r\n") || strings.ContainsAny(value, "\r\n") {
			return exit.Usage("for example --header X-Environment=test", "--header %q is not NAME=VALUE", exchange.ShownHeader(text))
		}
		e.Header.Add(name, value)
		if exchange.SecretHeader(name) {
			e.Secrets, e.Hidden = append(e.Secrets, exchange.SecretValues(name, value)...), append(e.Hidden, name)
		}
	}
	return nil
}

func (f *Flags) credentials(con *console.Console, e *Endpoint) error {
	if f.OAuthTokenURL != "" || f.OAuthClientID != "" || f.OAuthFederation != "" {
		return f.accessTokens(con, e)
	}
	token, err := con.Secret(f.TokenFile, "--token-file", "SCIMDRILL_TOKEN")
	if err != nil {
		return err
	}
	if f.BasicUser == "" {
		if f.BasicPasswordFile != "" {
			return exit.Usage("add --basic-user NAME", "--basic-password-file is given without --basic-user")
		}
		if token == "" {
			return f.selfIssued(con, e)
		}
		e.Authorization = "Bearer " + token
		e.Secrets = append(e.Secrets, token)
		return nil
	}
	if f.TokenFile != "" {
		return exit.Usage("omit one of them", "--basic-user and --token-file exclude each other")
	}
	password, err := con.Secret(f.BasicPasswordFile, "--basic-password-file", "SCIMDRILL_BASIC_PASSWORD")
	if err != nil {
		return err
	}
	if password == "" {
		return exit.Usage("set SCIMDRILL_BASIC_PASSWORD or pass --basic-password-file FILE", "--basic-user needs a password")
	}
	pair := f.BasicUser + ":" + password
	e.Authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	e.Secrets = append(e.Secrets, password, pair)
	return nil
}

// Trust is how the certificate of the target is checked. It warns where it is not.
func (f *Flags) Trust(con *console.Console) (*tls.Config, error) {
	if f.InsecureSkipVerify {
		con.Say("WARNING: --insecure-skip-verify: the certificate of the target is NOT checked; anyone on the network path can read the token")
	}
	return f.verification()
}

// verification is Trust without the warning.
func (f *Flags) verification() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.CAFile != "" {
		pem, err := wholefile.Read(f.CAFile, 4<<20)
		if err != nil {
			return nil, exit.Usage("", "--ca-file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, exit.Usage("the file must contain -----BEGIN CERTIFICATE-----", "--ca-file: %s contains no PEM certificate", f.CAFile)
		}
		config.RootCAs = pool
	}
	config.InsecureSkipVerify = f.InsecureSkipVerify
	return config, nil
}

// NewClient sends over the transport of newTransport and counts what it sends.
func NewClient(con *console.Console, trust *tls.Config) (*http.Client, *atomic.Int64) {
	transport, dialled := NewTransport(con, trust)
	return &http.Client{Transport: con.Counting(transport)}, dialled
}

// idleTimeout is shorter than the 5 seconds after which servers on Node close an idle connection.
// A POST on a connection that is being closed gets no response, which looks like their fault.
const idleTimeout = 3 * time.Second

// NewTransport is tuned for one host: HTTP/1.1, every connection kept for the next request. It
// counts the connections that it opens.
func NewTransport(con *console.Console, trust *tls.Config) (*http.Transport, *atomic.Int64) {
	dialled := &atomic.Int64{}
	dial := newDialer(con)
	const idle = 4096 // more than any --parallel that makes sense
	return &http.Transport{
		Proxy: proxy, TLSClientConfig: trust,
		MaxIdleConns: idle, MaxIdleConnsPerHost: idle, IdleConnTimeout: idleTimeout,
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: exchange.Limits{}.OrDefault().MaxHeader,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled.Add(1)
			return dial.open(ctx, network, address)
		},
		TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
	}, dialled
}

// Scim is the endpoint as the engine's client takes it.
func (e *Endpoint) Scim(tenantURL string) scimclient.Config {
	return scimclient.Config{TenantURL: tenantURL, Authorization: e.Authorization, Header: e.Header}
}
