package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/recorder"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/intake"
)

type streamCommand struct {
	Inspect streamInspect `cmd:"" help:"Show what a recording contains, and which of its requests cannot be replayed, and why."`
	Convert streamConvert `cmd:"" help:"Make a request stream of a HAR file or an access log."`
}

// streamFlags say how a recording is read.
type streamFlags struct {
	File   string   `arg:"" help:"HAR file of a run or a browser, access log, request stream, or folder of a recording." placeholder:"FILE"`
	Base   string   `help:"Address or path of the target in the recording, such as /scim/v2. By default, the requests themselves show it." placeholder:"URL"`
	Bind   []string `help:"Value of responses that is an id besides id, such as accountId=$.account.id or accountId=header:X-Account-Id; repeatable." placeholder:"RULE" sep:"none"`
	Tenant string   `help:"Take the requests of this tenant only." placeholder:"NAME"`
	Redact []string `help:"Additional header or JSON attribute to redact; repeatable." placeholder:"NAME"`
}

func (c *streamFlags) options() (intake.Options, error) {
	o := intake.Options{Base: c.Base, Tenant: c.Tenant, Redact: exchange.NewRedactor().Hide(c.Redact...)}
	for _, text := range c.Bind {
		rule, err := recording.ParseRule(text)
		if err != nil {
			return o, exit.Usage("", "--bind: %w", err)
		}
		o.Rules = append(o.Rules, rule)
	}
	return o, nil
}

// read gives the lines of the recording; a mistake of the file is a wrong use.
func (c *streamFlags) read(o intake.Options, yield func(recording.Line) error) (*intake.Result, error) {
	res, err := intake.Read(c.File, o, yield)
	if err == nil && res.Taken == 0 {
		return res, exit.Usage("name the target with --base, such as --base /scim/v2", "%s: none of %s is a SCIM request", c.File, console.Counted(res.Read, "request"))
	}
	return res, err
}

type streamInspect struct {
	streamFlags

	JSON bool `name:"json" help:"Print JSON."`
}

// Help is the example of --help.
func (streamInspect) Help() string {
	return `Counts requests by kind, the ids that responses tell, tenants and the rate over time. It names what
was left out because it is not SCIM. Nothing is sent.

Example:

    scimdrill stream inspect recording
    scimdrill stream inspect browser.har --base /api/scim/v2`
}

// Run reads and prints.
func (c *streamInspect) Run(a *console.Console) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	inventory := intake.NewInventory()
	res, err := c.read(o, func(l recording.Line) error { return inventory.Add(&l) })
	if err != nil {
		return streamError(err)
	}
	if c.JSON {
		return exit.Unwritten(a.PrintIndented(recorder.InventoryJSON(res, inventory)))
	}
	if err := a.PrintPage(recorder.InventoryText(c.File, res, inventory)); err != nil {
		return exit.Unwritten(err)
	}
	return nil
}

type streamConvert struct {
	streamFlags

	Pseudonyms bool   `help:"Replace people in the stream by pseudonyms. The same SCIMDRILL_PSEUDONYM_SEED gives the same pseudonyms."`
	Out        string `help:"File to write (default: stdout)." placeholder:"FILE"`
}

// Help is the example of --help.
func (streamConvert) Help() string {
	return `Writes one SCIM request per line, with placeholders for the ids that responses told, as record does.
Credentials, cookies and headers that may hold a secret are left out. With several tenants in one
recording, each line names its tenant, and --tenant takes one of them.

Example:

    scimdrill stream convert browser.har --pseudonyms --out requests.jsonl
    scimdrill stream convert access.log --base /scim/v2 > requests.jsonl`
}

// Run reads, and writes the stream.
func (c *streamConvert) Run(a *console.Console) (err error) {
	o, err := c.options()
	if err != nil {
		return err
	}
	if c.Pseudonyms {
		if o.Names, err = recorder.Pseudonyms(a); err != nil {
			return err
		}
	}
	out := a.Stdout
	if c.Out != "" {
		file, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			return exit.Usage("name another file with --out", "%s exists already", c.Out)
		}
		if err != nil {
			return exit.Unwritten(err)
		}
		defer func() { err = errors.Join(err, exit.Unwritten(file.Close())) }()
		out = file
	}
	w := bufio.NewWriter(out)
	stream := recording.NewStream(w)
	inventory := intake.NewInventory()
	res, err := c.read(o, func(l recording.Line) error { return errors.Join(stream.Write(l), inventory.Add(&l)) })
	if err != nil {
		return streamError(errors.Join(err, w.Flush()))
	}
	if err := w.Flush(); err != nil {
		return exit.Unwritten(fmt.Errorf("write the stream: %w", err))
	}
	recorder.SayConverted(a, res, inventory)
	return nil
}

// streamError tells a file that cannot be read from an output that cannot be written.
func streamError(err error) error {
	if _, ok := errors.AsType[*exit.Error](err); ok {
		return err
	}
	return exit.Usage("", "%w", err)
}
