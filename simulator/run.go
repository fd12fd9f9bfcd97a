package simulator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// ErrStopped is the error of a run whose job is paused or disabled.
var ErrStopped = engine.ErrStopped

// Start is the time at which a virtual clock begins.
func Start() time.Time { return engine.Start() }

// Run runs the cycles of a job. The files in Out are complete even if it returns an error: they
// contain everything up to then. So does the result, which is nil only if no cycle
// could start.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	c, err := cfg.engine()
	if err != nil {
		return nil, err
	}
	if err := wholefile.PrivateDir(c.State); err != nil {
		return nil, fmt.Errorf("create the state folder: %w", err)
	}
	lock, err := lockOut(c.Out)
	if err != nil {
		return nil, err
	}
	defer func() { _ = lock.Release() }() // a lock file that stays is nobody's
	res, err := engine.Run(ctx, c, cfg.deps())
	if res == nil {
		return nil, err
	}
	out := plain(res)
	var unnamed error
	out.Escrows, unnamed = escrows(context.WithoutCancel(ctx), c.State, res.Escrows)
	return out, errors.Join(err, unnamed)
}

// command names this process to others that find its folders in use.
const command = "simulator.Run"

// lockOut makes the folder of the files of the run, and locks it against other runs (S2).
func lockOut(dir string) (*filelock.Lock, error) {
	if err := wholefile.PrivateDir(dir); err != nil {
		return nil, fmt.Errorf("create the output folder: %w", err)
	}
	lock, err := filelock.Folder(dir, "run.lock", command)
	if held, ok := errors.AsType[*filelock.InUse](err); ok {
		return nil, fmt.Errorf("the output folder %w; hint: wait until it ends, or use another folder", held)
	}
	return lock, err
}

// engine parses the strings of the configuration, and sets defaults.
func (c *Config) engine() (engine.Config, error) {
	if c.TenantURL == "" || c.Out == "" {
		return engine.Config{}, errors.New("TenantURL or Out is missing; hint: set TenantURL to the parent of /Users, and Out to a folder for the files of the run")
	}
	out := engine.Config{
		Endpoint: scimclient.Config{TenantURL: c.TenantURL, Header: c.Header},
		Tenant:   c.Tenant, TenantName: "Config.Tenant",
		Cycles: c.Cycles, For: c.For, Interval: c.Interval, Dialect: c.Dialect, ScopeAll: c.ScopeAll,
		Seed: c.Seed, RunID: cmp.Or(c.RunID, generate.RunID(c.Seed)),
		Parallel: max(c.Parallel, 1), Rate: c.Rate, Limits: c.Limits, External: c.External, AdoptExisting: c.AdoptExisting,
		Out: c.Out, State: cmp.Or(c.State, filepath.Join(c.Out, "state")),
		Transcript: c.Transcript, Secrets: slices.Clone(c.Secrets), Redact: c.Redact, Version: c.Version,
		Rebind: c.Rebind, Command: command,
	}
	if c.Cycles == 0 && c.For == 0 {
		out.Cycles = 3
	}
	c.authorize(&out)
	return out, errors.Join(c.application(&out), c.changes(&out), c.restart(&out))
}

// authorize sets the credentials, and redacts them in the files.
func (c *Config) authorize(out *engine.Config) {
	if c.Token != "" {
		out.Endpoint.Authorization = "Bearer " + c.Token
		out.Secrets = append(out.Secrets, c.Token)
	}
	if o := c.OAuth; o != nil {
		out.OAuth = &scimclient.OAuthConfig{
			TokenURL: o.TokenURL, ClientID: o.ClientID, ClientSecret: o.ClientSecret, Scope: o.Scope,
			InBody: o.InBody, RefreshToken: o.RefreshToken, Keep: o.Keep,
		}
		for _, secret := range []string{o.ClientSecret, o.RefreshToken} {
			if secret != "" {
				out.Secrets = append(out.Secrets, secret)
			}
		}
	}
}

// application loads the profile and the schema; the caller's options override those of the profile.
func (c *Config) application(out *engine.Config) (err error) {
	if out.App, out.Set, err = engine.Builtin(cmp.Or(c.Profile, "customappsso")); err != nil {
		return err
	}
	out.Set = maps.Clone(out.Set)
	if out.Set == nil {
		out.Set = map[string]string{}
	}
	maps.Copy(out.Set, c.Set)
	if c.Schema == nil {
		return nil
	}
	text, err := wholefile.ReadAll(c.Schema, 32<<20)
	if err != nil {
		return fmt.Errorf("read Config.Schema: %w", err)
	}
	out.App.Schema, err = syncschema.Parse(text, "Config.Schema")
	return err
}

func (c *Config) changes(out *engine.Config) (err error) {
	if c.Changes != nil {
		out.Changes, err = directory.ReadChanges(c.Changes, "Config.Changes")
	}
	return err
}

func (c *Config) restart(out *engine.Config) error {
	if c.Restart == "" {
		return nil
	}
	scope, err := job.ParseScope(c.Restart)
	out.Restart = &scope
	return err
}

func (c *Config) deps() engine.Deps {
	deps := engine.Deps{
		HTTP: c.HTTP, Clock: c.Clock, TargetNow: c.TargetNow, Latency: c.Latency, Delay: c.Delay, Exchange: c.Exchange,
	}
	if c.Ended != nil {
		deps.Ended = func(r cycle.Result) { c.Ended(plainCycle(r)) }
	}
	return deps
}
