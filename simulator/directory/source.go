package directory

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Source is what a run says about the directory: a tenant file, and what happened since.
type Source struct {
	File io.Reader // nil keeps the directory as it is
	Name string    // for errors
	// Whole means that the file is the whole truth: what it does not name was removed.
	Whole bool
	// Generated means that the file is how the directory began: what the changes did since then stays done.
	Generated bool
	Changes   []Change
}

// Follow says how many changes of a stream the directory has from earlier runs. A stream that is not
// theirs begins at its first change, which note says; no stream leaves the position where it is.
func (t *Tenant) Follow(ctx context.Context, changes []Change, at time.Time) (applied int, note string, err error) {
	had, _, err := t.Applied(ctx)
	if err != nil || had == 0 || len(changes) == 0 {
		return 0, "", err
	}
	if applied, err = t.Followed(ctx, changes); err != nil || applied > 0 {
		return applied, "", err
	}
	note = fmt.Sprintf("the change stream is not that of the earlier runs, so all its %d changes apply; those of the past apply at once", len(changes))
	return 0, note, t.BeginStream(ctx, at)
}

// Take reads the file of a source. applied is how many of its changes the directory has: the file is older
// than they are. note says what the file lacks.
func (t *Tenant) Take(ctx context.Context, s Source, applied int, at time.Time) (note string, err error) {
	if s.File == nil {
		return "", nil
	}
	counts, err := t.Counts(ctx)
	if err != nil {
		return "", fmt.Errorf("count the directory: %w", err)
	}
	since := s.Changes[:applied]
	switch {
	case counts.Users+counts.Groups == 0 || !s.Whole && (!s.Generated || len(since) == 0):
		_, err := t.Load(ctx, s.File, s.Name, at)
		return "", err
	case !s.Whole:
		return "", t.Merge(ctx, s.File, s.Name, at, since)
	}
	removed, err := t.Replace(ctx, s.File, s.Name, at, since)
	if err == nil && removed > 0 {
		note = fmt.Sprintf("%s lacks %d users and groups of the earlier run, so they count as removed; --tenant-merge keeps them", s.Name, removed)
	}
	return note, err
}
