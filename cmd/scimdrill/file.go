package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/reports/layout"
)

const (
	runName     = "run.json"
	journalName = "journal.jsonl"
	harName     = "exchanges.har"
	reportName  = "report.json"

	runSchemaVersion = "1.0.0"
)

// runFile is run.json: the facts of a run, without a verdict.
type runFile struct {
	SchemaVersion string            `json:"schemaVersion"`
	Tool          reports.Tool      `json:"tool"`
	Command       string            `json:"command"`
	RunID         string            `json:"runId,omitempty"`
	Seed          *uint64           `json:"seed,string,omitempty"`
	Target        string            `json:"target,omitempty"`
	Started       time.Time         `json:"started"`
	Ended         *time.Time        `json:"ended,omitempty"`
	ExitCode      *int              `json:"exitCode,omitempty"`
	Options       map[string]string `json:"options"`
	Repeat        string            `json:"repeat"`
	Journal       string            `json:"journal,omitempty"`
	Cycles        []cycleFigures    `json:"cycles,omitempty"`
	Connections   *connections      `json:"connections,omitempty"`
	Recording     *recordingFacts   `json:"recording,omitempty"`
}

// cycleFigures are the counts of one cycle, in the words of Graph's execution.
type cycleFigures struct {
	Number   int       `json:"number"`
	Kind     string    `json:"kind"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	State    string    `json:"state"`
	Exported int64     `json:"countExported"`
	Imported int64     `json:"countImported"`
	Escrowed int64     `json:"countEscrowed"`
	Requests int64     `json:"requests"`
}

// connections says how well connections to the target were used again.
type connections struct {
	Requests int64   `json:"requests"`
	Opened   int64   `json:"opened"`
	Reused   float64 `json:"reused"` // part of the requests that found one open
}

func connectionFigures(requests, opened int64) *connections {
	c := &connections{Requests: requests, Opened: opened}
	if requests > 0 {
		c.Reused = max(0, 1-float64(opened)/float64(requests))
	}
	return c
}

// runIdentity is the seed of a run and what follows from it.
type runIdentity struct {
	seed  uint64
	runID string // "" for a command that draws nothing
}

// identify draws the seed unless one was given, and prints it first.
func identify(a *console, given *uint64) runIdentity {
	r := runIdentity{}
	if given != nil {
		r.seed = *given
	} else {
		r.seed = a.random()
	}
	r.runID = generate.RunID(r.seed)
	a.say("seed %d, run %s", r.seed, r.runID)
	return r
}

// startRun makes the output folder and writes the first run.json into it.
func startRun(a *console, dir string, id runIdentity, target string) (*runFile, error) {
	r := &runFile{
		SchemaVersion: runSchemaVersion,
		Tool:          a.tool,
		Command:       a.line.path(), Target: a.redact.Text(target),
		Started: a.now().UTC(), Options: map[string]string{},
	}
	if id.runID != "" {
		r.RunID, r.Seed, r.Journal = id.runID, &id.seed, journalName
	}
	r.Repeat = a.redact.Text(a.line.repeat(r.Seed))
	for _, o := range a.line.options() {
		r.Options[o.name] = a.redact.Text(strings.Join(o.values, ","))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritten(fmt.Errorf("make the output folder: %w", err))
	}
	if err := setAside(a, dir, r.Target); err != nil {
		return nil, err
	}
	return r, r.write(dir)
}

// setAside moves the journal of an earlier run on another target into a folder of its
// own, so that cleanup still finds what it left there.
func setAside(a *console, dir, target string) error {
	path := filepath.Join(dir, journalName)
	earlier, err := readRun(dir)
	if err != nil {
		return nil //nolint:nilerr // no earlier run, or none that says what its target was
	}
	if earlier.Target == "" { // it was embedded and is gone
		return unwritten(removeIfThere(path))
	}
	left, err := journal.Read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unwritten(err)
	case len(left) == 0:
		return unwritten(os.Remove(path))
	case earlier.Target == target:
		return nil
	}
	aside := filepath.Join(dir, "earlier-"+earlier.RunID)
	if err := os.MkdirAll(aside, 0o755); err != nil {
		return unwritten(err)
	}
	for _, name := range []string{runName, journalName} {
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(aside, name)); err != nil {
			return unwritten(err)
		}
	}
	a.say("an earlier run left %d objects in %s; to remove them: scimdrill cleanup --run %s", len(left), earlier.Target, layout.Quote(aside))
	return nil
}

// during runs body, whose files are in dir, and writes how it ended into run.json.
func (r *runFile) during(ctx context.Context, a *console, dir string, body func() error) error {
	err := body()
	if _, explained := errors.AsType[*failure](err); !explained && unwrittenBelow(err, dir) {
		err = unwritten(err)
	}
	now, code := a.now().UTC(), exitCode(ctx, err)
	r.Ended, r.ExitCode = &now, &code
	return cmp.Or(err, r.write(dir))
}

func (r *runFile) write(dir string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", runName, err)
	}
	return writeWhole(filepath.Join(dir, runName), append(data, '\n'))
}

// readRun reads the run.json of a folder.
func readRun(dir string) (*runFile, error) {
	data, err := os.ReadFile(filepath.Join(dir, runName))
	if err != nil {
		return nil, fmt.Errorf("read the run: %w", err)
	}
	r := &runFile{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read the run %s: %w", filepath.Join(dir, runName), err)
	}
	if major, _, _ := strings.Cut(r.SchemaVersion, "."); major != "1" {
		return nil, fmt.Errorf("read the run %s: its schemaVersion %q is not known to this scimdrill", filepath.Join(dir, runName), r.SchemaVersion)
	}
	return r, nil
}
