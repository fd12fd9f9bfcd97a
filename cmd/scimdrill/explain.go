package main

import (
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/explained"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

type explainCommand struct {
	What        []string `arg:"" help:"Files or folders of a provisioning log, - for stdin, or the id of a check, defect, variant, rule, option, function, error code or cause." placeholder:"WHAT"`
	User        string   `help:"Explain only entries about this user or group: name, user name or id." placeholder:"NAME"`
	All         bool     `help:"Name every object, not only ten for each cause."`
	ScenarioOut string   `help:"Write a scenario that leads to the first entry. A folder gets one for each kind of entry." placeholder:"FILE"`
	Diff        bool     `help:"Compare two logs, a real one and a simulated one."`
	Format      string   `help:"Output format: text or json." enum:"text,json" default:"text"`
}

// Help is the example of --help.
func (explainCommand) Help() string {
	return `For each entry: what happened, why, by which rule, and what to change in the endpoint, in the mapping
or in Entra. The log can be a response of Microsoft Graph, the JSON or CSV download of the portal, rows of
Log Analytics, records of Event Hub, or the log of a run. Give the three CSV files of the portal together.

With --diff the exit code is 1 if the logs differ.

Example:

    scimdrill explain provisioning-log.json
    scimdrill explain ProvisioningLogs*.csv --user ada@contoso.com
    scimdrill explain log.json --scenario-out incident.yaml
    scimdrill explain EntryConflict
    scimdrill explain ATT-002
    scimdrill explain --diff real.json scimdrill-out`
}

// Run explains files or ids.
func (c *explainCommand) Run(a *console.Console) error {
	if c.Diff {
		return c.compare(a)
	}
	ids := 0
	for _, what := range c.What {
		if isID(what) {
			ids++
		}
	}
	switch {
	case ids == len(c.What):
		return explained.IDs(a, c.What, c.Format == "json")
	case ids > 0:
		return exit.Usage("give either files of one log, or ids", "some of %s are files and some are not", strings.Join(c.What, ", "))
	}
	return c.log(a)
}

// isID reports whether an argument is not a file: nothing has that name, and it does not look like
// a path. The address of a section of the documentation stands for its id. A check can have a
// subject in brackets, which may contain anything.
func isID(what string) bool {
	if strings.HasPrefix(what, catalog.Site) {
		return true
	}
	id, _, _ := strings.Cut(what, "[")
	if id == "-" || id == "" || strings.ContainsAny(id, `/\.`) {
		return false
	}
	_, err := os.Stat(what)
	return err != nil
}

func (c *explainCommand) log(a *console.Console) error {
	log, err := explained.Load(a, c.What)
	if err != nil {
		return err
	}
	list := explain.Log(log)
	if c.User != "" {
		list = explained.About(list, c.User)
		if len(list) == 0 {
			return exit.Usage("use the display name, the user name or the id, as the log has it", "the log has no entry about %s", c.User)
		}
	}
	if c.ScenarioOut != "" {
		if err := explained.Scenarios(a, list, c.ScenarioOut); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		return explained.JSON(a, list, log.Notes)
	}
	explained.Text(a, list, c.All)
	return nil
}

func (c *explainCommand) compare(a *console.Console) error {
	if len(c.What) != 2 {
		return exit.Usage("for example: scimdrill explain --diff real.json scimdrill-out", "--diff needs two logs, the real one and the simulated one")
	}
	real, err := explained.Load(a, c.What[:1])
	if err != nil {
		return err
	}
	simulated, err := explained.Load(a, c.What[1:])
	if err != nil {
		return err
	}
	d := explain.Compare(real, simulated)
	if err := explained.Difference(a, d, c.Format == "json"); err != nil {
		return err
	}
	if !d.Same() {
		return exit.Unmet()
	}
	return nil
}
