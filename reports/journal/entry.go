package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// The states of an Entry.
const (
	// StateIntended is an object before its request was sent. It may or may not exist.
	StateIntended = "intended"
	// StateMade is an object for which the target returned an id.
	StateMade = "made"
)

// Entry is an object that may still exist in the target.
type Entry struct {
	Seq int64
	Object
	State string
}

// Read returns the objects in the journal at path that may still exist, oldest first. It ignores
// an incomplete last line. Any other damage is an error with its line number.
func Read(path string) ([]Entry, error) {
	open := map[int64]*Entry{}
	_, _, err := lines(path, func(number int, line []byte) error {
		r, err := parseRecord(line)
		if err != nil {
			return err
		}
		switch e := open[r.Seq]; {
		case r.Event == eventHeader && number > 1:
			return errSecond
		case r.Event == eventHeader:
		case r.Event == eventIntent && e != nil:
			return fmt.Errorf("entry %d is announced a second time", r.Seq)
		case r.Event == eventIntent:
			open[r.Seq] = &Entry{Seq: r.Seq, Object: r.Object, State: StateIntended}
		case e == nil: // gone already
		case r.Event == eventMade:
			e.ID, e.State = r.ID, StateMade
		case r.Event == eventNamed:
			e.named(r.Attribute, r.Value)
		case r.Event == eventGone:
			delete(open, r.Seq)
		}
		return nil
	})
	if _, outside := errors.AsType[*fs.PathError](err); outside {
		return nil, fmt.Errorf("read journal: %w; hint: pass the --out folder of the run", err)
	}
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(open))
	for _, e := range open {
		entries = append(entries, *e)
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return entries, nil
}

// named changes the value by which the object is found, if its creation named the attribute.
func (o *Object) named(attribute, value string) {
	switch attribute {
	case o.Attribute:
		o.Value = value
	case o.AltAttribute:
		o.AltValue = value
	}
}
