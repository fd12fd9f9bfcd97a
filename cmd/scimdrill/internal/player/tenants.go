package player

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// tokenVariable is the beginning of what `scimdrill target --tenant NAME` prints.
const tokenVariable = "SCIMDRILL_TOKEN_"

// tenants are those of --tenant-token-file, or the one of the endpoint.
func (f *Flags) tenants(con *console.Console, e *endpoint.Endpoint, wanted int) ([]replay.Tenant, error) {
	if f.TenantTokenFile == "" {
		if wanted > 1 {
			return nil, exit.Usage("pass --tenant-token-file FILE with one bearer token a line", "--profile multi-tenant=%d needs the tokens of %d tenants", wanted, wanted)
		}
		return []replay.Tenant{{Authorization: e.Authorization, Authorize: e.Authorizer(con, nil)}}, nil
	}
	list, err := readTenants(f.TenantTokenFile, e)
	switch {
	case err != nil:
		return nil, err
	case wanted > len(list):
		return nil, exit.Usage("add tokens, or lower the number", "--profile multi-tenant=%d: %s contains %d tokens", wanted, f.TenantTokenFile, len(list))
	case wanted > 0:
		list = list[:wanted]
	}
	return list, nil
}

// readTenants reads a file with a tenant a line.
func readTenants(path string, e *endpoint.Endpoint) ([]replay.Tenant, error) {
	data, err := wholefile.Read(path, 16<<20)
	if err != nil {
		return nil, exit.Usage("", "--tenant-token-file: %w", err)
	}
	var list []replay.Tenant
	lines := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; lines.Scan(); number++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		t, err := tenantLine(text, e)
		if err != nil {
			return nil, exit.Usage("write TOKEN, NAME TOKEN, or NAME TOKEN URL in a line", "--tenant-token-file: line %d: %w", number, err)
		}
		if t.Name == "" {
			t.Name = fmt.Sprintf("tenant %d", len(list)+1)
		}
		t.Account = t.Name
		if slices.ContainsFunc(list, func(other replay.Tenant) bool { return other.Name == t.Name }) {
			return nil, exit.Usage("give each tenant one line", "--tenant-token-file: line %d: tenant %q has a line already", number, t.Name)
		}
		list = append(list, t)
	}
	if err := lines.Err(); err != nil {
		return nil, exit.Usage("", "--tenant-token-file: %w", err)
	}
	if len(list) == 0 {
		return nil, exit.Usage("write one bearer token a line", "--tenant-token-file: %s contains no token", path)
	}
	return list, nil
}

// tenantLine reads TOKEN, NAME TOKEN, NAME TOKEN URL, NAME Basic CREDENTIALS, or a line that `scimdrill target` prints.
func tenantLine(text string, e *endpoint.Endpoint) (t replay.Tenant, err error) {
	if rest, found := strings.CutPrefix(text, tokenVariable); found {
		name, token, _ := strings.Cut(rest, "=")
		text = strings.ToLower(name) + " " + token
	}
	fields := strings.Fields(text)
	if last := len(fields) - 1; last > 0 && strings.Contains(fields[last], "://") {
		if t.Base, err = url.Parse(fields[last]); err != nil || t.Base.Scheme != e.URL.Scheme || t.Base.Host != e.URL.Host || t.Base.User != nil {
			return t, fmt.Errorf("the URL must begin with %s://%s, which is that of --target", e.URL.Scheme, e.URL.Host)
		}
		fields = fields[:last]
	}
	scheme := "Bearer"
	if last := len(fields) - 1; last > 0 && (strings.EqualFold(fields[last-1], "Basic") || strings.EqualFold(fields[last-1], "Bearer")) {
		scheme = fields[last-1]
		fields = slices.Delete(fields, last-1, last)
	}
	switch len(fields) {
	case 1:
	case 2:
		t.Name = fields[0]
	default:
		return t, errors.New("it has too many words")
	}
	token := fields[len(fields)-1]
	e.Redact.Add(token)
	t.Authorization = scheme + " " + token
	return t, nil
}

// assign finds the credentials of the tenants that the stream names. Tenants without names get those that the
// stream names, in their order.
func (l *Load) assign(named []string) error {
	l.labelled = len(named) > 0
	if !l.labelled {
		return nil
	}
	const hint = "pass --tenant-token-file with a line NAME TOKEN for each, or take one tenant with `scimdrill stream convert --tenant NAME`"
	if l.Flags.TenantTokenFile == "" {
		if len(named) > 1 {
			return exit.Usage(hint, "the stream has requests of %d tenants: %s", len(named), strings.Join(named, ", "))
		}
		l.tenants[0].Name = named[0]
		return nil
	}
	var list []replay.Tenant
	for i, name := range named {
		at := slices.IndexFunc(l.tenants, func(t replay.Tenant) bool { return strings.EqualFold(t.Name, name) })
		if own := fmt.Sprintf("tenant %d", i+1); at < 0 && i < len(l.tenants) && l.tenants[i].Name == own {
			at = i
			l.note("the requests of tenant " + name + " get the credentials of line " + own[len("tenant "):])
		}
		if at < 0 {
			return exit.Usage(hint, "--tenant-token-file has no line for tenant %q of the stream", name)
		}
		t := l.tenants[at]
		t.Name = name
		list = append(list, t)
	}
	l.tenants = list
	return nil
}
