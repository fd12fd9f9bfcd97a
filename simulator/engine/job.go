package engine

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

func (r *run) jobConfig(m cycle.Mappings, d dialect.Dialect, client cycle.Client) (job.Config, error) {
	interval, text, err := r.interval()
	if err != nil {
		return job.Config{}, err
	}
	ids := cycle.IDs{Seed: r.cfg.Seed}
	identity := r.identity(cycle.IDs{Seed: r.named})
	o := r.settings.Cycle
	o.ScopeAll, o.Parallel = r.cfg.ScopeAll, r.cfg.Parallel
	if !r.settings.SoftDeleteSet {
		o.SoftDelete = r.cfg.App.SupportsSoftDelete
	}
	if r.settings.HonorRetryAfter && r.deps.TargetNow != nil {
		o.Parallel = 1 // a worker that waits moves the shared clock
	}
	choices := r.settings.Job
	var hide *exchange.Redactor
	if len(r.cfg.Redact) > 0 {
		hide = r.redact
	}
	choices.DemandStopped = choices.DemandStopped && r.cfg.OAuth != nil
	o.AdoptExisting = r.cfg.AdoptExisting || !r.cfg.External
	return job.Config{
		Identity: identity, TemplateID: r.cfg.App.TemplateID, Interval: interval, IntervalText: text,
		SchemaHash: r.cfg.App.Schema.Hash(), Compile: r.compile, Changes: r.changes(), Audit: r.writeAudit,
		Attempts: r.settings.Attempts, InitialPruning: r.settings.InitialPruning, Choices: choices, Mail: r.settings.Notified(), App: r.cfg.App.Title, Notify: r.notify, Types: job.Types(m),
		Cycle: cycle.Config{
			Tenant: r.tenant, Store: r.store, Client: client, Clock: r.deps.Clock, Latency: r.deps.Latency,
			Mappings: m, Dialect: d, Log: r.log, Observe: r.observer(), Journal: r.journal, Writes: r.writes, Now: r.deps.Now,
			Identity: identity, IDs: ids, Options: o, Redact: hide,
			Evaluation: expression.Env{
				LenientIIF: r.settings.LenientIIF, StrictIIF: r.settings.StrictIIF,
				RoleValues: r.settings.RoleValues, OneRoleOnly: r.settings.OneRoleOnly, AllMarks: r.settings.AllMarks,
				DefaultDomain: r.cfg.RunID + ".example",
			},
		},
	}, nil
}

// observer receives the entries of the log.
func (r *run) observer() func(cycle.Logged) {
	if r.witness == nil {
		return r.deps.Logged
	}
	return func(l cycle.Logged) {
		r.witness.saw(l)
		if r.deps.Logged != nil {
			r.deps.Logged(l)
		}
	}
}

// identity makes the ids of tenant, job and application from the seed (G-4, E-5).
func (r *run) identity(ids cycle.IDs) cycle.Identity {
	tenant := ids.For("tenant")
	sp := provlog.Named{ID: ids.For("servicePrincipal"), DisplayName: r.cfg.App.Title}
	return cycle.Identity{
		TenantID: tenant, ServicePrincipal: sp,
		JobID:  r.cfg.App.TemplateID + "." + strings.ReplaceAll(tenant, "-", "") + "." + ids.For("app"),
		Source: provlog.System{ID: ids.For("source"), DisplayName: "Microsoft Entra ID", Details: provlog.Details{}},
		Target: provlog.System{ID: ids.For("target"), DisplayName: r.targetName(), Details: provlog.Details{
			{Key: "ApplicationId", Value: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"},
			{Key: "ServicePrincipalId", Value: sp.ID},
			{Key: "ServicePrincipalDisplayName", Value: sp.DisplayName},
		}},
	}
}

func (r *run) targetName() string {
	if rule, _, err := r.cfg.App.Schema.Outbound(); err == nil && rule.TargetDirectoryName != "" {
		return rule.TargetDirectoryName
	}
	return r.cfg.App.Name
}
