package push

import (
	"context"
	"database/sql"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Task is an operation that failed. It waits for a person, or for its due time.
type Task struct {
	Num      int64
	Kind     directory.Kind
	SourceID string
	Name     string
	Text     string // what the administrator reads
	Status   int    // of the response, 0 without one
	Since    time.Time
	Due      time.Time     // of the next automatic attempt; zero if there is none
	Wait     time.Duration // before that attempt
	Attempts int
}

// Tasks returns all tasks, the oldest first.
func (s *Store) Tasks(ctx context.Context) ([]Task, error) {
	return s.tasks(ctx, "ORDER BY since, num")
}

// Task returns the task of an object, and whether there is one.
func (s *Store) Task(ctx context.Context, num int64) (Task, bool, error) {
	list, err := s.tasks(ctx, "WHERE num = ?", num)
	if len(list) == 0 {
		return Task{}, false, err
	}
	return list[0], true, err
}

func (s *Store) tasks(ctx context.Context, where string, args ...any) (list []Task, err error) {
	err = s.each(ctx, "SELECT num, kind, source_id, name, text, status, since, due, wait, attempts FROM task "+where, args, func(rows *sql.Rows) error {
		var t Task
		var kind string
		var since, due, wait int64
		if err := rows.Scan(&t.Num, &kind, &t.SourceID, &t.Name, &t.Text, &t.Status, &since, &due, &wait, &t.Attempts); err != nil {
			return err
		}
		if kind == directory.Group.String() {
			t.Kind = directory.Group
		}
		t.Since, t.Wait = time.Unix(0, since).UTC(), time.Duration(wait)
		if due != 0 {
			t.Due = time.Unix(0, due).UTC()
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

// SaveTask writes a task.
func (s *Store) SaveTask(ctx context.Context, t Task) error {
	due := int64(0)
	if !t.Due.IsZero() {
		due = t.Due.UnixNano()
	}
	return s.change(ctx, "INSERT OR REPLACE INTO task (num, kind, source_id, name, text, status, since, due, wait, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		t.Num, t.Kind.String(), t.SourceID, t.Name, t.Text, t.Status, t.Since.UnixNano(), due, int64(t.Wait), t.Attempts)
}

// DropTask forgets the task of an object.
func (s *Store) DropTask(ctx context.Context, num int64) error {
	return s.change(ctx, "DELETE FROM task WHERE num = ?", num)
}
