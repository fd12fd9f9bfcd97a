package main

import (
	"context"
	"errors"
	"os"
	"path"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/setup"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

type initCommand struct {
	Target string `help:"Address of the endpoint in CI. Without it, a terminal is asked." placeholder:"URL"`
	Start  string `help:"Shell command that starts your service in CI." placeholder:"COMMAND"`
	CI     string `name:"ci" help:"CI system: github, gitlab, jenkins, azure or none. Without it, the files of the repository tell." placeholder:"NAME"`
	App    string `help:"Built-in application whose mapping the endpoint must keep; see scimdrill profiles." placeholder:"NAME"`
	Out    string `help:"Folder of the repository." default:"." placeholder:"DIR"`
	Print  bool   `help:"Print the files instead of writing them."`
}

// Help is the example of --help.
func (initCommand) Help() string {
	return `On a terminal, init asks for the address of the endpoint, for the command that starts your service,
and for the CI system. It writes scimdrill.yaml, scimdrill.expect.yaml and the CI file. It never
replaces a file. If one exists, it writes nothing.

Example:

    scimdrill init --target http://127.0.0.1:8080/scim \
        --start './my-service --port 8080' --ci github`
}

// Run asks for what is missing, and writes the files.
func (c *initCommand) Run(ctx context.Context, a *console.Console) error {
	repository := os.DirFS(c.Out)
	if a.InTerminal && a.ErrTerminal {
		if err := c.ask(ctx, a, setup.Detect(repository)); err != nil {
			return err
		}
	}
	if c.CI == "" {
		c.CI = setup.Detect(repository)
	}
	answers, err := c.answers()
	if err != nil {
		return err
	}
	files, err := setup.Files(answers, repository)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	if c.Print {
		for _, f := range files {
			a.PrintLines("==> " + f.Path + " <==\n" + f.Text)
		}
		return nil
	}
	err = setup.Write(c.Out, files)
	if errors.Is(err, setup.ErrTaken) {
		return exit.Usage("move it away, or use --print and copy what you need", "nothing was written: %w", err)
	}
	if err != nil {
		return exit.Unwritten(err)
	}
	c.next(a, answers, files)
	return nil
}

// ask asks the questions whose flags are missing.
func (c *initCommand) ask(ctx context.Context, a *console.Console, system string) error {
	if system == "none" {
		system = "github"
	}
	for _, q := range []struct {
		text, preset string
		answer       *string
	}{
		{"Address of your SCIM endpoint in CI", "http://127.0.0.1:8080/scim", &c.Target},
		{"Command that starts your service in CI (empty: you add it later)", "", &c.Start},
		{"CI system (github, gitlab, jenkins, azure, none)", system, &c.CI},
	} {
		if *q.answer != "" {
			continue
		}
		var err error
		if *q.answer, err = a.Ask(ctx, q.text, q.preset); err != nil {
			return err
		}
	}
	return nil
}

// answers checks what was said.
func (c *initCommand) answers() (setup.Answers, error) {
	answers := setup.Answers{Target: c.Target, Start: c.Start, App: c.App, Version: release()}
	u, err := endpoint.ParseTarget(c.Target)
	if err != nil {
		return answers, err
	}
	if exchange.NewRedactor().Text(c.Target) != c.Target {
		return answers, exit.Usage("omit it here, and pass the whole address with SCIMDRILL_TARGET in CI", "the target URL contains a secret, which is not allowed in a file")
	}
	if !endpoint.Loopback(u.Hostname()) {
		answers.Host = u.Hostname()
	}
	if c.App != "" {
		if _, err := apps.ProfileSchema(c.App); err != nil {
			return answers, err
		}
	}
	var known bool
	if answers.System, known = setup.Find(c.CI); !known {
		return answers, exit.Usage("", "%w", nearest.Unknown("CI system", c.CI, setup.Names(), ""))
	}
	return answers, nil
}

// next says what was written and what is left to do.
func (c *initCommand) next(a *console.Console, answers setup.Answers, files []setup.File) {
	for _, f := range files {
		a.Say("%s", path.Join(c.Out, f.Path))
	}
	system := answers.System
	if system.Secret != "" {
		a.Say("next: put the token of your endpoint into %s", system.Secret)
	}
	if len(files) > 2 && files[2].Path == system.Beside {
		a.Say("next: %s", system.Include)
	}
	if answers.Host != "" {
		a.Say("next: allow the host %s in scimdrill.yaml, if you may write to it", answers.Host)
	}
	if answers.Start == "" && system.Secret != "" {
		a.Say("next: add the line that starts your service to %s", files[2].Path)
	}
	a.Say("next: SCIMDRILL_TOKEN=… scimdrill conform")
}

// release is the version that CI installs: this one, or the newest that this source knows.
func release() string {
	if v := currentVersion(); isRelease(v) {
		return v
	}
	return newestRelease
}

// newestRelease is the release that CI files install if a build between two releases writes them.
const newestRelease = "v0.9.0"
