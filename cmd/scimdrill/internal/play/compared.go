package play

import (
	"errors"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// Compared makes the section of a report of a comparison that the engine did not make, and keeps
// its differences in the folder of the run.
func Compared(
	con *console.Console, out string, v Verify, compare func(each func(endstate.Difference) error) (endstate.Result, error),
) (*reports.EndState, error) {
	d := &differences{path: filepath.Join(out, EndStateName), ofKind: map[endstate.Kind]int{}}
	res, err := compare(d.add)
	if err := errors.Join(err, d.close()); err != nil {
		return nil, exit.Unwritten(err)
	}
	return endState(con, &engine.EndState{Result: res}, &engine.Verification{Sample: v.Sample}, d), nil
}
