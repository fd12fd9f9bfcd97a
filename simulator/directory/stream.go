package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// position is how far the directory has taken up a change stream. The directory keeps it with the
// changes, so that a run that is killed never applies a change twice: the second time might undo
// what the source did since (S1).
type position struct {
	applied int
	digest  string // of the applied changes; "" if a program of before wrote the position
}

// Applied is how many changes of the stream the directory has. It is false for a file of before.
func (t *Tenant) Applied(ctx context.Context) (n int, known bool, err error) {
	at, known, err := t.position(ctx)
	return at.applied, known, err
}

// Followed is how many changes of this stream the directory has: 0 if those that it has are of
// another stream.
func (t *Tenant) Followed(ctx context.Context, stream []Change) (int, error) {
	at, _, err := t.position(ctx)
	if err != nil || at.applied == 0 {
		return 0, err
	}
	if at.digest == "" {
		return min(at.applied, len(stream)), nil
	}
	if at.applied > len(stream) {
		return 0, nil
	}
	digest, err := follow("", stream[:at.applied])
	if err != nil || digest != at.digest {
		return 0, err
	}
	return at.applied, nil
}

// BeginStream says that no change of the stream is applied yet.
func (t *Tenant) BeginStream(ctx context.Context, at time.Time) error {
	if n, _, err := t.Applied(ctx); err != nil || n == 0 {
		return err
	}
	return t.write(ctx, at, func(w *writer) error { return w.follow(position{}) })
}

// Apply brings changes into the directory and its change log, in one transaction. applied is how
// many changes of their stream the directory has then.
func (t *Tenant) Apply(ctx context.Context, changes []Change, start time.Time, applied int) error {
	if len(changes) == 0 {
		return nil
	}
	before, _, err := t.position(ctx)
	if err != nil {
		return err
	}
	digest, err := follow(before.digest, changes)
	if err != nil {
		return err
	}
	return t.write(ctx, start.Add(changes[len(changes)-1].At), func(w *writer) error {
		for _, c := range changes {
			if c.isObject() {
				if err := w.object(c.Resource); err != nil {
					return err
				}
			}
			if err := w.references([]Resource{c.Resource}); err != nil {
				return err
			}
		}
		return w.follow(position{applied, digest})
	})
}

func (t *Tenant) position(ctx context.Context) (at position, known bool, err error) {
	if known, err = t.row(ctx, "SELECT applied FROM stream", nil, &at.applied); err != nil || !known {
		return at, known, err
	}
	_, err = t.row(ctx, "SELECT digest FROM stream_digest", nil, &at.digest)
	return at, known, err
}

func (w *writer) follow(at position) error {
	if _, err := w.exec("INSERT INTO stream (one, applied) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET applied = excluded.applied", at.applied); err != nil {
		return err
	}
	_, err := w.exec("INSERT INTO stream_digest (one, digest) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET digest = excluded.digest", at.digest)
	return err
}

// follow continues the digest of a stream. The file and the line of a change are no part of it.
func follow(digest string, changes []Change) (string, error) {
	for _, c := range changes {
		c.Line, c.Source = 0, ""
		text, err := json.Marshal(c)
		if err != nil {
			return "", fmt.Errorf("digest of the change stream: %w", err)
		}
		sum := sha256.Sum256(append([]byte(digest), text...))
		digest = hex.EncodeToString(sum[:])
	}
	return digest, nil
}
