package targets

import (
	"io"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// served is what answers: one target, a persona, or several tenants.
func (c *Flags) served(o target.Options, tokens map[string]string) (http.Handler, error) {
	if c.Data != "" && c.Persona != "" {
		return nil, exit.Usage("omit one of them", "--persona cannot store its organization in --data")
	}
	if len(tokens) == 0 {
		return c.single(o)
	}
	o.Token = ""
	t, err := target.NewTenants(o, tokens)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return t, nil
}

// kept ends the use of --data.
func kept(con *console.Console, handler http.Handler) {
	if file, ok := handler.(io.Closer); ok {
		if err := file.Close(); err != nil {
			con.Say("%v", err)
		}
	}
}

// tokens has a token for each --tenant: that of its variable, or one that is made and printed.
func (c *Flags) tokens(con *console.Console, o target.Options) (map[string]string, error) {
	if len(c.Tenant) == 0 {
		return nil, nil
	}
	if o.Basic != nil || c.Persona != "" || o.OAuth != nil || o.JWT != nil {
		return nil, exit.Usage("omit --tenant or the other flag", "--tenant excludes --basic-user, --persona, --oauth-client-id and --jwt-keys, because each tenant has its own bearer token")
	}
	tokens := map[string]string{}
	for _, name := range c.Tenant {
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || name == "" {
			return nil, exit.Usage("for example --tenant contoso", "--tenant %q: a name must consist of lower-case letters and digits", name)
		}
		token, err := c.secret(con, "SCIMDRILL_TOKEN_"+strings.ToUpper(name))
		if err != nil {
			return nil, err
		}
		tokens[name] = token
	}
	return tokens, nil
}
