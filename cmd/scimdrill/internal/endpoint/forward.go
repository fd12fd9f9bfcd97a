package endpoint

import (
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// ForwardFlags say where a proxy sends the requests of its clients. The credentials are those of
// the clients.
type ForwardFlags struct {
	Target             string        `help:"Base of /Users and /Groups that receives the requests. Put flags such as aadOptscim062020 into the tenant URL in Entra." placeholder:"URL" group:"Target"`
	CAFile             string        `name:"ca-file" help:"Certificates (PEM) to trust in addition to the system's." placeholder:"FILE" group:"Target"`
	InsecureSkipVerify bool          `help:"Do not check the certificate. Anyone on the network path can read the token." group:"Target"`
	InsecureHTTP       bool          `name:"insecure-http" help:"Forward to a host that is not loopback over http. Anyone on the network path can read the tokens." group:"Target"`
	Timeout            time.Duration `type:"above-zero" help:"Longest wait for one response." default:"60s" group:"Target"`
	AllowHost          []string      `help:"Host that is not loopback but may be written to; repeatable." placeholder:"HOST" group:"Target"`
}

// Proxy checks the flags and makes a proxy, which records nothing yet. Nothing is sent. The
// names in redact are hidden in all files.
func (f *ForwardFlags) Proxy(con *console.Console, redact []string) (*Endpoint, *exchange.Proxy, error) {
	flags := Flags{
		Target: f.Target, Anonymous: true, CAFile: f.CAFile, InsecureSkipVerify: f.InsecureSkipVerify, InsecureHTTP: f.InsecureHTTP,
		Timeout: f.Timeout, AllowHost: f.AllowHost, Redact: redact,
	}
	e, err := flags.OpenForWriting(con)
	if err != nil {
		return nil, nil, err
	}
	if err := flags.ClearText(con, e.URL); err != nil { // whatever clients send is forwarded
		return nil, nil, err
	}
	if e.URL.RawQuery != "" {
		return nil, nil, exit.Usage("remove the query from --target, and put it into the tenant URL in Entra",
			"--target has a query, but the proxy forwards requests unchanged; flags belong in the tenant URL in Entra")
	}
	trust, err := flags.verification()
	if err != nil {
		return nil, nil, err
	}
	transport, _ := NewTransport(con, trust)
	transport.DisableCompression = true // what was not asked for is not asked for
	return e, &exchange.Proxy{Target: e.URL, Transport: transport, Limits: e.Limits, Now: con.Now}, nil
}
