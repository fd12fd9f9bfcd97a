package plan

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// SchemaVersion is the version of plan.json; a reader refuses another major one.
const SchemaVersion = "1.0.0"

// Document is plan.json without its entries, which stand in it last, one a line.
type Document struct {
	SchemaVersion string `json:"schemaVersion"`
	Tool          string `json:"tool"`
	RunID         string `json:"runId"`
	Seed          uint64 `json:"seed,string"`
	App           string `json:"application"`
	// Target is "" for a plan without one.
	Target  string `json:"target"`
	Offline bool   `json:"offline"`
	Cycle   Cycle  `json:"cycle"`
	Counts  Counts `json:"counts"`
	// Requests left for the target; all of them were GET.
	Requests int64 `json:"requestsSent"`
	// Quarantine says why the cycle would put the job into quarantine, or keep it there.
	Quarantine string `json:"quarantine,omitempty"`
	// Failed: the cycle's first question was not answered as it has to be, so nothing was planned.
	Failed bool `json:"failed,omitempty"`
	// Notes are facts that a reader of the figures has to know.
	Notes    []string `json:"notes"`
	Unknown  []string `json:"unknown"`
	Duration Duration `json:"duration"`
	// Schema is what changed since the schema that the plan was asked to compare with.
	Schema *syncschema.Difference `json:"schemaDifference,omitempty"`
}

// Cycle is the cycle that was planned. Number 0: none would run.
type Cycle struct {
	Number int       `json:"number"`
	Kind   string    `json:"kind"`
	Why    string    `json:"why"`
	At     time.Time `json:"at"`
}

// Plan is a whole plan.json.
type Plan struct {
	Document

	Entries []Entry `json:"entries"`
}

// Write writes plan.json: the document, and the entries that lines holds as JSON, one a
// line. It does not hold them in memory.
func Write(w io.Writer, d *Document, lines io.Reader) error {
	head, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(outside.NewGuard(w, false))
	_, _ = b.Write(head[:len(head)-2]) // without the closing brace; Flush reports what went wrong
	_, _ = b.WriteString(",\n  \"entries\": [")
	separator := "\n    "
	in := bufio.NewReader(lines)
	for {
		line, err := in.ReadString('\n')
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			_, _ = b.WriteString(separator + line)
			separator = ",\n    "
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	_, _ = b.WriteString("\n  ]\n}\n")
	return b.Flush()
}

// ReadFile reads a plan.json.
func ReadFile(path string) (*Plan, error) {
	data, err := wholefile.Read(path, 512<<20)
	if err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	p := &Plan{}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("read plan %s: %w; hint: give the plan.json that `simulate --plan` wrote", path, err)
	}
	if major, _, _ := strings.Cut(p.SchemaVersion, "."); major != "1" {
		return nil, fmt.Errorf("read plan %s: this scimdrill does not support schemaVersion %q", path, p.SchemaVersion)
	}
	return p, nil
}
