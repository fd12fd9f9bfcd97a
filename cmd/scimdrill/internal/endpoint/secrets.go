package endpoint

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// expand replaces variables such as $SCIMDRILL_QUERY_KEY in addresses and headers. run.json and
// the commands that reports print name secrets in this way, so these commands can be typed.
func (f *Flags) expand(con *console.Console) error {
	texts := map[string]*string{"--target": &f.Target, "--oauth-token-url": &f.OAuthTokenURL}
	headers := slices.Clone(f.Header)
	for i := range headers {
		name, _, _ := strings.Cut(headers[i], "=")
		texts["--header "+name] = &headers[i]
	}
	for flag, text := range texts {
		expanded, missing := exchange.Expand(*text, con.Getenv)
		if missing != "" {
			return exit.Usage("set it to the secret, as it stands in the address or header: export "+missing+"=…", "%s names $%s, which is not set", flag, missing)
		}
		*text = expanded
	}
	f.Header = headers
	return nil
}

// noteExposed says that a secret was typed on the command line, where other users can read it.
func (f *Flags) noteExposed(con *console.Console) {
	shown := func(flag string, secrets []string, form string) {
		typed := func(secret string) bool {
			return slices.ContainsFunc(con.Args, func(arg string) bool { return strings.Contains(arg, secret) })
		}
		if slices.ContainsFunc(secrets, typed) {
			con.Say("note: %s contains a secret, and other users of this machine can read command lines; use %s and set the variable", flag, form)
		}
	}
	address := exchange.NewAddress(f.Target)
	shown("--target", address.Secrets(), "--target '"+address.Shown()+"'")
	for _, text := range f.Header {
		if name, value, _ := strings.Cut(text, "="); exchange.SecretHeader(name) {
			shown("--header", exchange.SecretValues(name, value), "--header '"+exchange.ShownHeader(text)+"'")
		}
	}
}
