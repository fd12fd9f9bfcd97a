package main

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// commands is the command line; each command has a file of its own.
type commands struct {
	Config string `help:"YAML file with flags (default: scimdrill.yaml, if it exists)." placeholder:"FILE"`

	ShowVersion versionFlag `name:"version" help:"Print the version."`

	Demo       demoCommand       `cmd:"" help:"Play a simulated week of Entra against an embedded target. Needs no setup."`
	Connect    connectCommand    `cmd:"" help:"Check an endpoint in a minute: address, credentials, Test Connection, discovery."`
	Simulate   simulateCommand   `cmd:"" help:"Run Entra's provisioning engine against a target."`
	Job        jobCommand        `cmd:"" help:"Show, pause, start, restart and set the job of a state folder."`
	Ondemand   ondemandCommand   `cmd:"" help:"Provision one user, or one group with up to five members, and show every step."`
	Conform    conformCommand    `cmd:"" help:"Grade a target with the conformance checks."`
	Init       initCommand       `cmd:"" help:"Write the configuration, the list of known findings and the CI file of a repository."`
	Replay     replayCommand     `cmd:"" help:"Send a recorded or generated stream of requests as load."`
	Cleanup    cleanupCommand    `cmd:"" help:"Remove the objects that a run created in its target, even after a crash."`
	Record     recordCommand     `cmd:"" help:"Record the requests of a real Entra; record diff compares them with the engine."`
	Stream     streamCommand     `cmd:"" help:"Show and convert recordings: HAR files, access logs, request streams."`
	Explain    explainCommand    `cmd:"" help:"Explain a provisioning log, or the id of a check, a defect, a rule or an error code."`
	Target     targetCommand     `cmd:"" help:"Serve a SCIM target for experiments: correct, or with defects."`
	Fault      faultCommand      `cmd:"" help:"Forward requests to any endpoint with faults, which can be switched while it runs."`
	Authorize  authorizeCommand  `cmd:"" help:"Let an administrator sign in at the application, and save the refresh token for the other commands."`
	Issuer     issuerCommand     `cmd:"" help:"Serve the keys of the tokens that the commands send when no secret is given."`
	Profiles   profilesCommand   `cmd:"" help:"List the built-in application profiles, with known and assumed facts."`
	Tenant     tenantCommand     `cmd:"" help:"Generate and inspect source directories."`
	Schema     schemaCommand     `cmd:"" help:"Check, print and compare synchronization schemas."`
	Expression expressionCommand `cmd:"" help:"Try a mapping expression."`
	Scope      scopeCommand      `cmd:"" help:"Try a clause of a scoping filter."`
	Scenario   scenarioCommand   `cmd:"" help:"Show a built-in scenario."`
	Report     reportCommand     `cmd:"" help:"Render a saved run in other formats."`
	Version    versionCommand    `cmd:"" help:"Print the versions of scimdrill, the check catalogue and Go."`
	Completion completionCommand `cmd:"" help:"Print the completion script of a shell."`
	Complete   completeCommand   `cmd:"" hidden:"" help:"Print the words that may stand at the cursor."`
	Help       helpCommand       `cmd:"" help:"Print a page of the reference, or the help of a command."`
}

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, p console.Process) (code int) {
	ctx, stop := p.Signals(ctx)
	defer stop()
	a := console.New(p, thisTool())
	defer func() {
		if cause := recover(); cause != nil { // what Go would print is not redacted (S7)
			a.Explain(exit.Broken("please report this with the text above", "internal error: %v\n%s", cause, debug.Stack()))
			code = reports.ExitBroken
		}
	}()
	err := run(ctx, a)
	code = exit.Code(ctx, err)
	if err != nil && (code != reports.ExitInterrupted || !errors.Is(err, context.Canceled)) {
		a.Explain(err)
	}
	if code == reports.ExitInterrupted {
		a.Say("scimdrill: interrupted")
	}
	return code
}

// run parses the command line and runs the command.
func run(ctx context.Context, a *console.Console) error {
	helped := false
	parser, err := kong.New(
		&commands{},
		kong.Name("scimdrill"),
		kong.Description("Drills a SCIM endpoint before it meets Microsoft Entra."),
		kong.Writers(a.Stdout, a.Stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 110}),
		kong.ExplicitGroups([]kong.Group{{Key: "Target", Title: "Target:"}, {Key: "Plan", Title: "Plan:"}}),
		durationFlags(),
		kong.Bind(a),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return err // a mistake in the tags of a command; every test meets it
	}
	args := a.Args
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return misuse(err)
	}
	a.Line = &console.Line{Ctx: parsed}
	if limited, ok := reflect.TypeAssert[interface{ Bounds() bound.Limits }](parsed.Selected().Target.Addr()); ok {
		a.Bound = bound.New(a.Line.Path(), limited.Bounds())
		ctx, stop := a.Bound.Begin(ctx)
		defer stop()
		parsed.BindTo(ctx, (*context.Context)(nil))
	}
	return a.Bound.Verdict(parsed.Run())
}

// misuse puts kong's words for a mistake on the command line into ours.
func misuse(err error) error {
	if f, ok := errors.AsType[*exit.Error](err); ok {
		return f
	}
	hint := "`scimdrill --help` lists the commands"
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		if command := console.CommandPath(parse.Context); command != "" {
			hint = "`scimdrill " + command + " --help` shows the flags and an example"
		}
		hint = cmp.Or(meantValue(parse.Context), hint)
	}
	text := err.Error()
	if what, own, ok := strings.Cut(text, "; hint: "); ok {
		text, hint = what, own
	}
	return exit.Usage(hint, "%s", text)
}

// meantValue asks whether another value of a flag with a fixed list was meant, or is empty.
func meantValue(ctx *kong.Context) string {
	for _, f := range ctx.Flags() {
		if f.Enum != "" && f.Target.Kind() == reflect.String && !slices.Contains(f.EnumSlice(), f.Target.String()) {
			return nearest.Hint(f.Target.String(), f.EnumSlice())
		}
	}
	return ""
}
