package targets

import (
	"context"
	"net/http"
	"os"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona/nameserver"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// single is the target that was asked for: the reference target, or a persona.
func (c *Flags) single(o target.Options) (http.Handler, error) {
	if c.Persona == "" {
		if c.PersonaConfig != "" {
			return nil, exit.Usage("add --persona goto", "--persona-config is given without --persona")
		}
		t, err := target.New(o)
		if err != nil {
			return nil, exit.Usage("", "%w", err)
		}
		return t, nil
	}
	cfg, err := c.organization()
	if err != nil {
		return nil, err
	}
	p, err := gotopersona.New(gotopersona.Options{Target: o, Config: cfg})
	if err != nil {
		return nil, exit.Usage("", "--persona %s: %w", c.Persona, err)
	}
	return p, nil
}

// names answers questions of DNS for the domains of the persona.
func (s *Service) names(ctx context.Context, address string, h http.Handler) error {
	if address == "" {
		return nil
	}
	p, ok := h.(*gotopersona.Persona)
	if !ok {
		return exit.Usage("add --persona goto", "--dns is given without --persona")
	}
	server, err := nameserver.Listen(ctx, address, p.Names)
	if err != nil {
		return exit.Usage("", "--dns: %w", err)
	}
	s.DNS = server.Addr()
	s.ended = append(s.ended, server.Close)
	return nil
}

// organization is what stands behind the persona.
func (c *Flags) organization() (gotopersona.Config, error) {
	if !slices.Contains(gotopersona.Names(), c.Persona) {
		return gotopersona.Config{}, exit.Usage("", "--persona: %w", nearest.Unknown("persona", c.Persona, gotopersona.Names(), ""))
	}
	if c.PersonaConfig == "" {
		return gotopersona.Default(c.Persona)
	}
	f, err := os.Open(c.PersonaConfig)
	if err != nil {
		return gotopersona.Config{}, exit.Usage("", "--persona-config: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	cfg, err := gotopersona.Parse(f)
	if err != nil {
		return gotopersona.Config{}, exit.Usage("`scimdrill target --persona "+c.Persona+" --print-persona-config` prints a starting point", "--persona-config %s: %w", c.PersonaConfig, err)
	}
	return cfg, nil
}
