package play

import (
	"maps"
	"path/filepath"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// Settings are what flags, or a scenario, say of a job.
type Settings struct {
	Target                   string // the tenant URL
	Profile, Schema, Dialect string
	Scope                    string // assigned or all; "" is that of the job in State, otherwise assigned
	Cycles                   int
	For, Interval            time.Duration
	Parallel                 int
	Rate                     float64
	AllowRate                bool
	AdoptExisting            bool
	Rebind                   bool // of a state that belongs to another target
	State, Out, Transcript   string
	Options                  map[string]string // between those of the profile and Set
	Set                      []string          // OPTION=VALUE
	Verify                   string            // how the end state is compared
}

// Configure checks the settings, and reads application and schema. Nothing is sent.
func (r *Run) Configure(s Settings) (err error) {
	r.Config = engine.Config{
		Cycles: s.Cycles, For: s.For, Interval: s.Interval,
		Dialect: s.Dialect, ScopeAll: s.Scope == "all", ScopeKept: s.Scope == "", Parallel: s.Parallel, State: s.State, Out: s.Out,
		Transcript: s.Transcript, AdoptExisting: s.AdoptExisting, Set: map[string]string{}, Version: r.Console.Tool.Version,
		Rebind: s.Rebind, Command: r.Console.Command(),
	}
	if s.Rebind && s.State == "" {
		return exit.Usage("pass the --state DIR of an earlier run", "--rebind: no state to use with another target")
	}
	cfg := &r.Config
	if e := r.Endpoint; e != nil {
		cfg.Endpoint, cfg.External, cfg.Limits, cfg.Secrets = e.Scim(s.Target), e.External(), e.Limits, e.Secrets
		cfg.OAuth, cfg.Issuer, cfg.Redact, cfg.Embedded = e.OAuth, e.Issuer, e.Hidden, e.Embedded
		if cfg.Rate, err = endpoint.MayHurry(e.URL, s.Rate, s.AllowRate); err != nil {
			return err
		}
	}
	switch {
	case s.Cycles < 0 || s.Parallel < 1:
		return exit.Usage("", "--cycles and --parallel must be at least 1")
	case s.Cycles == 0 && s.For == 0:
		cfg.Cycles = 3
	}
	var options map[string]string
	if cfg.App, options, err = engine.Builtin(s.Profile); err != nil {
		return exit.Usage("", "%w", err)
	}
	maps.Copy(cfg.Set, options)
	maps.Copy(cfg.Set, s.Options)
	for _, text := range s.Set {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return exit.Usage("`scimdrill simulate --list-options` lists the options", "--set %q is not OPTION=VALUE", text)
		}
		cfg.Set[name] = value
	}
	verify, err := ParseVerify(s.Verify)
	if err != nil {
		return err
	}
	r.verified(verify)
	if s.Schema != "" {
		cfg.App.Schema, err = apps.ReadSchema(r.Console, s.Schema, s.Profile)
	}
	return err
}

// restarted reads --restart; nil is none.
func restarted(scope *string, state string) (*job.Scope, error) {
	if scope == nil {
		return nil, nil //nolint:nilnil // no restart is no mistake
	}
	if state == "" || !runs.FileExists(filepath.Join(state, "job.db")) {
		return nil, exit.Usage("pass the --state DIR of an earlier run", "--restart: no job to restart")
	}
	s, err := job.ParseScope(*scope)
	if err != nil {
		return nil, exit.Usage("", "--restart: %w", err)
	}
	return &s, nil
}
