package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// targetFlags say where the endpoint is and how to be let in.
type targetFlags struct {
	oauthFlags
	issuerFlags

	Target             string        `help:"Tenant URL: the base of /Users and /Groups, flags such as ?aadOptscim062020 included." placeholder:"URL" group:"Target"`
	TokenFile          string        `help:"File with the bearer token; or set SCIMDRILL_TOKEN." placeholder:"FILE" group:"Target"`
	BasicUser          string        `help:"User name for basic authentication." placeholder:"NAME" group:"Target"`
	BasicPasswordFile  string        `help:"File with its password; or set SCIMDRILL_BASIC_PASSWORD." placeholder:"FILE" group:"Target"`
	Anonymous          bool          `help:"Send no credentials at all when no secret is given." group:"Target"`
	Header             []string      `help:"Further header, such as one a gateway asks for; repeatable." placeholder:"NAME=VALUE" sep:"none" group:"Target"`
	CAFile             string        `name:"ca-file" help:"Certificates (PEM) to trust besides the system's." placeholder:"FILE" group:"Target"`
	InsecureSkipVerify bool          `help:"Do not check the certificate. The token can be stolen on the way." group:"Target"`
	Redact             []string      `help:"Further header or JSON attribute whose values stay out of all files but job.db, tenant.db and the journal, which cleanup reads; repeatable." placeholder:"NAME" group:"Target"`
	Timeout            time.Duration `type:"above-zero" help:"Longest wait for one answer." default:"60s" group:"Target"`
	AllowHost          []string      `help:"Host that may be written to though it is not loopback; repeatable." placeholder:"HOST" group:"Target"`
	AllowRate          bool          `help:"Send more than 25 requests a second to a host that is not loopback." group:"Target"`
}

// endpoint is a target, ready to be talked to.
type endpoint struct {
	url           *url.URL
	authorization string
	oauth         *scimclient.OAuthConfig        // nil without access tokens
	issuer        func() (*issuer.Issuer, error) // nil unless tokens of our own are sent
	federated     bool                           // an assertion stands for the client secret
	header        http.Header
	client        *http.Client
	dialled       *atomic.Int64 // connections opened
	limits        exchange.Limits
	secrets       []string
	hidden        []string // names of headers and attributes that are redacted too
	redact        *exchange.Redactor
}

// external reports whether the endpoint is on another machine.
func (e *endpoint) external() bool { return !loopback(e.url.Hostname()) }

// open checks the flags and reads the credentials. Nothing is sent.
func (f *targetFlags) open(a *console) (*endpoint, error) {
	target, err := parseTarget(f.Target)
	if err != nil {
		return nil, err
	}
	e := &endpoint{url: target, limits: exchange.Limits{Timeout: f.Timeout}}
	if err := f.headers(e); err != nil {
		return nil, err
	}
	if err := f.credentials(a, e); err != nil {
		return nil, err
	}
	e.hidden = f.Redact
	e.redact = exchange.NewRedactor(e.secrets...).Hide(e.hidden...)
	a.redact = e.redact
	trust, err := f.trust(a)
	if err != nil {
		return nil, err
	}
	e.client, e.dialled = newClient(a, trust)
	return e, nil
}

// openForWriting is open for a command that changes the target.
func (f *targetFlags) openForWriting(a *console) (*endpoint, error) {
	target, err := parseTarget(f.Target)
	if err != nil {
		return nil, err
	}
	if err := mayWrite(target, f.AllowHost); err != nil {
		return nil, err
	}
	return f.open(a)
}

func parseTarget(text string) (*url.URL, error) {
	const hint = "give the base of /Users and /Groups, for example --target http://127.0.0.1:8080"
	if text == "" {
		return nil, usage(hint+"; `scimdrill target` serves one to try", "no target: --target URL is missing")
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, usage(hint, "--target %q is not an http or https URL", exchange.NewRedactor().Text(text))
	}
	if u.User != nil {
		return nil, usage("use --token-file, or --basic-user with SCIMDRILL_BASIC_PASSWORD", "the target URL holds a user name or password; they would end up in logs")
	}
	return u, nil
}

func (f *targetFlags) headers(e *endpoint) error {
	e.header = http.Header{}
	for _, text := range f.Header {
		name, value, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " :\r\n") || strings.ContainsAny(value, "\r\n") {
			return usage("for example --header X-Environment=test", "--header %q is not NAME=VALUE", redactedHeader(text))
		}
		e.header.Add(name, value)
		if secretHeader(name) {
			e.secrets = append(e.secrets, value)
		}
	}
	return nil
}

func (f *targetFlags) credentials(a *console, e *endpoint) error {
	if f.OAuthTokenURL != "" || f.OAuthClientID != "" || f.OAuthFederation != "" {
		return f.accessTokens(a, e)
	}
	token, err := a.secret(f.TokenFile, "--token-file", "SCIMDRILL_TOKEN")
	if err != nil {
		return err
	}
	if f.BasicUser == "" {
		if f.BasicPasswordFile != "" {
			return usage("add --basic-user NAME", "--basic-password-file is given without --basic-user")
		}
		if token == "" {
			return f.selfIssued(a, e)
		}
		e.authorization = "Bearer " + token
		e.secrets = append(e.secrets, token)
		return nil
	}
	if f.TokenFile != "" {
		return usage("leave one of them out", "--basic-user and --token-file exclude each other")
	}
	password, err := a.secret(f.BasicPasswordFile, "--basic-password-file", "SCIMDRILL_BASIC_PASSWORD")
	if err != nil {
		return err
	}
	if password == "" {
		return usage("set SCIMDRILL_BASIC_PASSWORD or give --basic-password-file FILE", "--basic-user needs a password")
	}
	pair := f.BasicUser + ":" + password
	e.authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	e.secrets = append(e.secrets, password, pair)
	return nil
}

func (f *targetFlags) trust(a *console) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.CAFile != "" {
		pem, err := os.ReadFile(f.CAFile)
		if err != nil {
			return nil, usage("", "--ca-file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, usage("it should begin with -----BEGIN CERTIFICATE-----", "--ca-file: %s holds no PEM certificate", f.CAFile)
		}
		config.RootCAs = pool
	}
	if f.InsecureSkipVerify {
		config.InsecureSkipVerify = true
		a.say("WARNING: --insecure-skip-verify: the certificate of the target is NOT checked, and whoever stands between can read the token")
	}
	return config, nil
}

// newClient sends over the transport of newTransport and counts what it sends.
func newClient(a *console, trust *tls.Config) (*http.Client, *atomic.Int64) {
	transport, dialled := newTransport(a, trust)
	return &http.Client{Transport: a.counting(transport)}, dialled
}

// newTransport is tuned for one host: HTTP/1.1, every connection kept for the next request. It
// counts the connections that it opens.
func newTransport(a *console, trust *tls.Config) (*http.Transport, *atomic.Int64) {
	dialled := &atomic.Int64{}
	dial := a.dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	const idle = 4096 // more than any --parallel that makes sense
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSClientConfig: trust,
		MaxIdleConns: idle, MaxIdleConnsPerHost: idle, IdleConnTimeout: 90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: maxHeader,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled.Add(1)
			return dial(ctx, network, address)
		},
		TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
	}, dialled
}

// maxHeader is how much header an answer may have.
const maxHeader = 1 << 20

// scim is the endpoint as the engine's client takes it.
func (e *endpoint) scim(tenantURL string) scimclient.Config {
	return scimclient.Config{TenantURL: tenantURL, Authorization: e.authorization, Header: e.header}
}
