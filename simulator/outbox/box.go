package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/wneessen/go-mail"

	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// record is the key of the letters in the job's state.
const record = "outbox"

// Folder is the folder of the files below that of the logs.
const Folder = "outbox"

// Deliver hands a mail to a mail server.
type Deliver func(ctx context.Context, m *mail.Msg) error

// Box is the letters of a job during a run. One goroutine uses it.
type Box struct {
	store   *state.Store
	dir     string
	deliver Deliver // nil delivers nothing
	letters []Letter
	refused bool // the mail server failed, so this run asks it no more
}

// Load returns the letters of a job, the oldest first.
func Load(ctx context.Context, store *state.Store) ([]Letter, error) {
	var letters []Letter
	_, err := store.Load(ctx, record, &letters)
	return letters, err
}

// Open takes up the letters of a job. Files are written to dir.
func Open(ctx context.Context, store *state.Store, dir string, deliver Deliver) (*Box, error) {
	letters, err := Load(ctx, store)
	return &Box{store: store, dir: dir, deliver: deliver, letters: letters}, err
}

// Add keeps a letter. It becomes durable with the commit of the event that it tells of.
func (b *Box) Add(ctx context.Context, l Letter) error {
	if _, err := l.Message(); err != nil {
		return err
	}
	l.Progress, l.Deliver = Kept, b.deliver != nil
	b.letters = append(b.letters, l)
	return b.save(ctx)
}

// Letters are the letters of the job, the oldest first.
func (b *Box) Letters() []Letter { return slices.Clone(b.letters) }

// Post writes what was added as files, and then delivers it. The state is committed before and
// after. A mail server that fails is no error: the letter says so, and the next run tries again.
func (b *Box) Post(ctx context.Context) error {
	for i := range b.letters {
		l := &b.letters[i]
		if l.Progress == Kept {
			if err := b.write(ctx, l); err != nil {
				return fmt.Errorf("write a notification: %w", err)
			}
		}
		if l.Progress == Written && l.Deliver && b.deliver != nil && !b.refused && ctx.Err() == nil {
			if err := b.send(ctx, l); err != nil {
				return fmt.Errorf("deliver a notification: %w", err)
			}
		}
	}
	return nil
}

// write makes the file of a letter.
func (b *Box) write(ctx context.Context, l *Letter) error {
	m, err := l.Message()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if _, err := m.WriteTo(&text); err != nil {
		return err
	}
	if err := wholefile.PrivateDir(b.dir); err != nil {
		return err
	}
	path := filepath.Join(b.dir, l.Name())
	if err := wholefile.Write(path, 0o600, text.Bytes()); err != nil {
		return err
	}
	l.Progress, l.File = Written, path
	return b.commit(ctx)
}

// send delivers a letter once. What is known not to have been delivered stays written.
func (b *Box) send(ctx context.Context, l *Letter) error {
	m, err := l.Message()
	if err != nil {
		return err
	}
	l.Progress, l.Problem = Sending, ""
	if err := b.commit(ctx); err != nil {
		return err
	}
	err = b.deliver(ctx, m)
	l.Progress = Delivered
	if err != nil {
		b.refused = true
		l.Progress, l.Problem = Sending, err.Error()
		if refusal, ok := errors.AsType[*Refusal](err); ok {
			l.Progress, l.Problem = Written, refusal.Error()
		}
	}
	return b.commit(ctx)
}

// Refusal is an error of Deliver that is certain: nothing was delivered.
type Refusal struct{ Err error }

// Error is the text of the cause.
func (r *Refusal) Error() string { return r.Err.Error() }

// Unwrap is the cause.
func (r *Refusal) Unwrap() error { return r.Err }

func (b *Box) commit(ctx context.Context) error { return errors.Join(b.save(ctx), b.store.Commit()) }

func (b *Box) save(ctx context.Context) error {
	return b.store.Save(context.WithoutCancel(ctx), record, b.letters)
}
