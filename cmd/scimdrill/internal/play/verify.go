package play

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// EndStateName is the file with all differences of the end state.
const EndStateName = "end-state.jsonl"

// Limits of the report: differences of each kind, and of all kinds.
const (
	maxOfKind = 200
	maxListed = 2000
)

// Verify is the value of --verify: how the end state is compared with the directory.
type Verify struct {
	Off    bool
	Sample int
}

// ParseVerify reads all, off or sample=N.
func ParseVerify(text string) (Verify, error) {
	switch text {
	case "", "all":
		return Verify{}, nil
	case "off":
		return Verify{Off: true}, nil
	}
	if number, ok := strings.CutPrefix(strings.Replace(text, " ", "=", 1), "sample="); ok {
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			return Verify{Sample: n}, nil
		}
	}
	return Verify{}, exit.Usage("pass all, sample=200 or off", "--verify %q is not all, sample=N or off", text)
}

// differences collects what the comparison finds, for the report and for end-state.jsonl.
type differences struct {
	path   string
	file   *os.File
	total  int
	ofKind map[endstate.Kind]int
	listed []reports.EndStateDifference
}

// verified gives a run its comparison of the end state.
func (r *Run) verified(v Verify) {
	if v.Off || r.Endpoint == nil {
		return
	}
	r.differences = &differences{path: filepath.Join(r.Config.Out, EndStateName), ofKind: map[endstate.Kind]int{}}
	r.Config.Verify = &engine.Verification{Sample: v.Sample, Each: r.differences.add}
}

// add takes a difference.
func (d *differences) add(x endstate.Difference) error {
	if d.file == nil {
		var err error
		if d.file, err = os.OpenFile(d.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return err //nolint:wrapcheck // names the file
		}
	}
	line, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("write %s: %w", d.path, err)
	}
	if _, err := d.file.Write(append(outside.JSON(line), '\n')); err != nil {
		return err //nolint:wrapcheck // names the file
	}
	d.total++
	if d.ofKind[x.Kind]++; d.ofKind[x.Kind] > maxOfKind || len(d.listed) >= maxListed {
		return nil
	}
	one := reports.EndStateDifference{
		Kind: string(x.Kind), ObjectType: x.Object.Type, SourceID: x.Object.ID, SourceName: x.Object.Name, TargetID: x.Object.Target,
		Path: x.Path, Expected: x.Want, Actual: x.Got, Why: x.Why,
	}
	if x.Other != nil {
		if one.Other = x.Other.Name; one.Other == "" {
			one.Other = x.Other.Target
		}
	}
	if len(x.IDs) > 0 {
		one.Actual = strings.Join(x.IDs, ", ")
	}
	d.listed = append(d.listed, one)
	return nil
}

// close ends the file. Without differences there is none, also none of an earlier run.
func (d *differences) close() error {
	if d.file != nil {
		return d.file.Close() //nolint:wrapcheck // names the file
	}
	if err := os.Remove(d.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err //nolint:wrapcheck // names the file
	}
	return nil
}

// EndState is the comparison of an object that was provisioned on demand; nil if there was none.
func (r *Run) EndState(s *engine.EndState) (*reports.EndState, error) {
	if r.differences == nil {
		return nil, nil //nolint:nilnil // nothing was compared
	}
	if err := r.differences.close(); err != nil {
		return nil, exit.Unwritten(err)
	}
	return endState(r.Console, s, r.Config.Verify, r.differences), nil
}

// endState is the comparison in a report; nil if there was none.
func endState(con *console.Console, s *engine.EndState, v *engine.Verification, d *differences) *reports.EndState {
	if s == nil {
		return nil
	}
	out := &reports.EndState{
		Compared: "all", Users: s.Users, Groups: s.Groups, Requests: s.Requests, Unverified: s.Unverified, Impossible: con.Redact.Text(s.Impossible),
		Waiting: s.Waiting, Pending: s.Pending, Differences: d.listed, DifferencesTotal: d.total,
	}
	out.Directory, out.Provisioned = s.Census.Users, s.Census.Provisioned
	for _, l := range s.Census.Left {
		out.LeftOut = append(out.LeftOut, reports.LeftOut{Reason: l.Why, Users: l.Users})
	}
	switch {
	case v.Sample > 0:
		out.Compared = "a sample of " + strconv.Itoa(v.Sample)
	case s.Own:
		out.Compared = "what the run wrote"
	}
	for _, why := range s.Why {
		out.Reasons = append(out.Reasons, con.Redact.Text(why))
	}
	for _, note := range s.Notes {
		out.Notes = append(out.Notes, con.Redact.Text(note))
	}
	for _, f := range s.Findings {
		one := reports.EndStateFinding{Kind: string(f.Kind), Outcome: reports.Failed, Title: f.Title(), Names: redacted(con, f.Names()), Count: f.Count}
		if !f.Kind.Fails() {
			one.Outcome = reports.Passed
		}
		one.Checks, one.Defects = explained(f)
		out.Findings = append(out.Findings, one)
	}
	return out
}

func redacted(con *console.Console, list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = con.Redact.Text(out[i])
	}
	return out
}
