package player

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
)

const resumeHint = "pass the same flags as the run that was stopped, or omit --resume to begin anew"

// resumable takes the seed of the run that is to go on.
func (l *Load) resumable() error {
	switch {
	case !l.Flags.Resume:
		return nil
	case l.Flags.FindMax != "" || l.Flags.Export != "":
		return exit.Usage("", "--resume goes on with a replay, and not with --find-max or --export")
	}
	if _, err := ledger.ReadHeader(l.ledger()); err != nil {
		return exit.Usage("pass the --out folder of the replay; if it sent nothing, omit --resume", "--resume: %w", err)
	}
	earlier, err := runs.Read(l.Out)
	if err != nil {
		return exit.Usage("pass the --out folder of the replay", "--resume: %w", err)
	}
	if l.Seed == nil {
		l.Seed = earlier.Seed
	}
	return nil
}

// ledger is the path of what was sent.
func (l *Load) ledger() string { return filepath.Join(l.Out, ledger.Name) }

// header says what is sent, and where.
func (l *Load) header() ledger.Header {
	h := ledger.Header{Stream: l.print, Target: l.Console.Redact.Text(engine.Address(l.Target.Target)), Shard: l.Flags.Shard}
	for _, t := range l.tenants {
		h.Tenants = append(h.Tenants, t.Name)
	}
	return h
}

// same reports what keeps a run from going on.
func (l *Load) same() error {
	if !l.Flags.Resume {
		return nil
	}
	earlier, err := ledger.ReadHeader(l.ledger())
	if err != nil {
		return exit.Usage("", "--resume: %w", err)
	}
	return differ("--resume: the replay in "+l.Out, resumeHint, earlier, l.header())
}

// differ says in what a ledger is of another replay.
func differ(what, hint string, has, want ledger.Header) error {
	for _, part := range []struct{ name, has, want string }{
		{"stream", has.Stream, want.Stream},
		{"target", has.Target, want.Target},
		{"shard", has.Shard, want.Shard},
		{"list of tenants", strings.Join(has.Tenants, ", "), strings.Join(want.Tenants, ", ")},
	} {
		if part.has != part.want {
			return exit.Usage(hint, "%s has another %s (%q, now %q)", what, part.name, part.has, part.want)
		}
	}
	return nil
}

// books opens the journal and the ledger.
func (l *Load) books() (*journal.Journal, *ledger.Ledger, error) {
	if !l.Flags.Resume {
		kept, err := l.file.BeginJournal(l.Console, l.Out)
		if err != nil {
			return nil, nil, err
		}
		sent, err := ledger.Create(l.ledger(), l.header())
		if err != nil {
			return nil, nil, errors.Join(exit.Unwritten(err), kept.Close())
		}
		return kept, sent, nil
	}
	kept, err := journal.Open(filepath.Join(l.Out, runs.JournalName))
	if err != nil {
		return nil, nil, exit.Unwritten(err)
	}
	sent, err := ledger.Continue(l.ledger())
	if err != nil {
		return nil, nil, errors.Join(exit.Unwritten(err), kept.Close())
	}
	return kept, sent, nil
}

// recall tells the player what the earlier run did.
func (l *Load) recall(p *replay.Player) error {
	if !l.Flags.Resume {
		return nil
	}
	if err := p.Recall(l.source, l.ledger()); err != nil {
		return exit.Usage("", "--resume: %w", err)
	}
	n := int64(p.Recalled())
	l.note(fmt.Sprintf("resumed after %s; the figures are those of the rest", console.Counted(n, "request")))
	return nil
}

// printOf is the fingerprint of a stream in a file of our own.
func printOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err //nolint:wrapcheck // names the file
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("read the generated stream: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil))[:32], nil
}
