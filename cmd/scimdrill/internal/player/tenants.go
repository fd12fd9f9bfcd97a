package player

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// tenants are those of --tenant-token-file, or the one of the endpoint.
func (f *Flags) tenants(con *console.Console, e *endpoint.Endpoint, wanted int) ([]replay.Tenant, error) {
	if f.TenantTokenFile == "" {
		if wanted > 1 {
			return nil, exit.Usage("pass --tenant-token-file FILE with one bearer token a line", "--profile multi-tenant=%d needs the tokens of %d tenants", wanted, wanted)
		}
		return []replay.Tenant{{Authorization: e.Authorization, Authorize: e.Authorizer(con, nil)}}, nil
	}
	data, err := wholefile.Read(f.TenantTokenFile, 16<<20)
	if err != nil {
		return nil, exit.Usage("", "--tenant-token-file: %w", err)
	}
	var list []replay.Tenant
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		token := strings.TrimSpace(lines.Text())
		if token == "" || strings.HasPrefix(token, "#") {
			continue
		}
		if strings.ContainsAny(token, " \t") {
			return nil, exit.Usage("write one token a line and nothing else", "--tenant-token-file: line %d contains a space", len(list)+1)
		}
		e.Redact.Add(token)
		list = append(list, replay.Tenant{Name: fmt.Sprintf("tenant %d", len(list)+1), Authorization: "Bearer " + token})
	}
	if err := lines.Err(); err != nil {
		return nil, exit.Usage("", "--tenant-token-file: %w", err)
	}
	switch {
	case len(list) == 0:
		return nil, exit.Usage("write one bearer token a line", "--tenant-token-file: %s contains no token", f.TenantTokenFile)
	case wanted > len(list):
		return nil, exit.Usage("add tokens, or lower the number", "--profile multi-tenant=%d: %s contains %d tokens", wanted, f.TenantTokenFile, len(list))
	case wanted > 0:
		list = list[:wanted]
	}
	return list, nil
}
