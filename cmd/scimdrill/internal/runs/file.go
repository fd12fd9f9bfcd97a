package runs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// The files of a run that more than one command knows.
const (
	RunName     = "run.json"
	JournalName = "journal.jsonl"
	HARName     = "exchanges.har"
	ReportName  = "report.json"

	runSchemaVersion = "1.0.0"
)

// File is run.json: the facts of a run, without a verdict.
type File struct {
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
	Cycles        []Cycle           `json:"cycles,omitempty"`
	Connections   *Connections      `json:"connections,omitempty"`
	Recording     *Recording        `json:"recording,omitempty"`

	lock *filelock.Lock // of the folder
}

// Cycle are the counts of one cycle, in the words of Graph's execution.
type Cycle struct {
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

// Connections says how well connections to the target were used again.
type Connections struct {
	Requests int64   `json:"requests"`
	Opened   int64   `json:"opened"`
	Reused   float64 `json:"reused"` // part of the requests that found one open
}

// NewConnections works out how many requests found a connection open.
func NewConnections(requests, opened int64) *Connections {
	c := &Connections{Requests: requests, Opened: opened}
	if requests > 0 {
		c.Reused = max(0, 1-float64(opened)/float64(requests))
	}
	return c
}

// Identity is the seed of a run and what follows from it.
type Identity struct {
	Seed  uint64
	RunID string // "" for a command that draws nothing
}

// Identify draws the seed unless one was given, and prints it first.
func Identify(con *console.Console, given *uint64) Identity {
	r := Identity{}
	if given != nil {
		r.Seed = *given
	} else {
		r.Seed = con.Random()
	}
	r.RunID = generate.RunID(r.Seed)
	con.Say("seed %d, run %s", r.Seed, r.RunID)
	return r
}

// Start makes the output folder, locks it until During ends, and writes the first run.json
// into it. A folder that another process uses stays as it is (S2).
func Start(con *console.Console, dir string, id Identity, target string) (*File, error) {
	r := &File{
		SchemaVersion: runSchemaVersion,
		Tool:          con.Tool,
		Command:       con.Line.Path(), Target: con.Redact.Text(exchange.NewAddress(target).Shown()),
		Started: con.Now().UTC(), Options: map[string]string{},
	}
	if id.RunID != "" {
		r.RunID, r.Seed, r.Journal = id.RunID, &id.Seed, JournalName
	}
	r.Repeat = con.Redact.Text(con.Line.Repeat(r.Seed))
	for _, o := range con.Line.Options() {
		r.Options[o.Name] = con.Redact.Text(strings.Join(o.Values, ","))
	}
	var err error
	if r.lock, err = Lock(con, dir); err != nil {
		return nil, err
	}
	if err = inherit(dir); err == nil {
		err = r.write(dir)
	}
	if err != nil {
		return nil, errors.Join(err, r.lock.Release())
	}
	return r, nil
}

// During runs body, whose files are in dir, and writes how it ended into run.json.
func (r *File) During(ctx context.Context, con *console.Console, dir string, body func() error) error {
	err := body()
	if _, explained := errors.AsType[*exit.Error](err); !explained && exit.UnwrittenBelow(err, dir) {
		err = exit.Unwritten(err)
	}
	now, code := con.Now().UTC(), exit.Code(ctx, err)
	r.Ended, r.ExitCode = &now, &code
	return cmp.Or(err, r.write(dir), exit.Unwritten(r.lock.Release()))
}

func (r *File) write(dir string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", RunName, err)
	}
	return WriteWhole(filepath.Join(dir, RunName), append(outside.JSON(data), '\n'))
}

// Read reads the run.json of a folder.
func Read(dir string) (*File, error) {
	data, err := wholefile.Read(filepath.Join(dir, RunName), 32<<20)
	if err != nil {
		return nil, fmt.Errorf("read the run: %w", err)
	}
	r := &File{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read the run %s: %w", filepath.Join(dir, RunName), err)
	}
	if major, _, _ := strings.Cut(r.SchemaVersion, "."); major != "1" {
		return nil, fmt.Errorf("read the run %s: unknown schemaVersion %q", filepath.Join(dir, RunName), r.SchemaVersion)
	}
	return r, nil
}
