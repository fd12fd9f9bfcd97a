package runs

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Sweep is a cleanup of the folder of a run. It has the folder to itself until Close.
type Sweep struct {
	Journals []Journal

	con     *console.Console
	dir     string
	lock    *filelock.Lock
	removed int
	gone    int // were not there any more
}

// NewSweep locks the folder of a run and reads its journals. A folder in which a run is under
// way is refused: what the run creates next would remain.
func NewSweep(con *console.Console, dir string) (*Sweep, error) {
	if !FileExists(dir) {
		return nil, exit.Usage("pass the --out folder of a run", "read the run: the folder %s does not exist", dir)
	}
	lock, err := lockFolder(con, dir, "wait until it ends; if you stop it, run the same command again")
	if err != nil {
		return nil, err
	}
	s := &Sweep{con: con, dir: dir, lock: lock}
	if s.Journals, err = Journals(dir); err != nil {
		return nil, errors.Join(exit.Usage("", "%w", err), lock.Release())
	}
	return s, nil
}

// Close lets another process have the folder.
func (s *Sweep) Close() error { return exit.Unwritten(s.lock.Release()) }

// Remove removes what journals name from their target: the latest first, so that groups go
// before their members.
func (s *Sweep) Remove(ctx context.Context, c Clients, journals []Journal) error {
	bar := s.con.Progress()
	defer bar.End()
	total, done := 0, 0
	for _, j := range journals {
		total += len(j.Entries)
	}
	for _, j := range slices.Backward(journals) {
		err := s.empty(ctx, c, j, func() {
			done++
			bar.Step("cleanup", int64(done), int64(total))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// empty removes what one journal names.
func (s *Sweep) empty(ctx context.Context, c Clients, of Journal, step func()) (err error) {
	j, err := journal.Open(of.Path)
	if err != nil {
		return exit.Unwritten(err)
	}
	defer func() { err = errors.Join(err, exit.Unwritten(j.Close())) }()
	for _, entry := range slices.Backward(of.Entries) {
		removed, err := (&sweeper{c.of(entry)}).remove(ctx, entry)
		if err != nil {
			var f *scimclient.Failure
			if errors.As(err, &f) && (f.Stop != nil || f.Status == 0) {
				return exit.Broken("run the same command again; it continues with the remaining objects", "remove %s: %w", describe(entry), err)
			}
			s.con.Say("not removed: %s: %s", describe(entry), s.con.Redact.Text(err.Error()))
			continue
		}
		if err := j.Gone(entry.Seq); err != nil {
			return exit.Unwritten(err)
		}
		step()
		if removed {
			s.removed++
		} else {
			s.gone++
		}
	}
	return nil
}

// End reads all journals again and says what remains, of every run and in every target.
func (s *Sweep) End() error {
	list, err := Journals(s.dir)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	remain := 0
	for _, j := range list {
		remain += len(j.Entries)
	}
	s.con.Print("removed %d objects, %d were already gone, %d remain", s.removed, s.gone, remain)
	if remain > 0 {
		return &exit.Error{Code: reports.ExitFailed, Err: fmt.Errorf("%d objects are still in the journals of %s", remain, s.dir), Hint: "fix the causes listed above, then run the same command again"}
	}
	return nil
}

func describe(e journal.Entry) string {
	if e.ID != "" {
		return fmt.Sprintf("%s %s (%s %q)", e.Collection, e.ID, e.Attribute, e.Value)
	}
	return fmt.Sprintf("%s with %s %q", e.Collection, e.Attribute, e.Value)
}
