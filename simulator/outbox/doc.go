// Package outbox writes the notification mails of a job as files, and has each delivered at most once.
//
//	box, err := outbox.Open(ctx, store, dir, deliver)
//	box.Add(ctx, letter)  // in the transaction of the event that it tells of
//	box.Post(ctx)         // after its commit: first the file, then the delivery
//
// A letter is kept in the state of the job as facts. Its file is made of them, so a process that is
// killed in between writes the same file later. A letter is marked before its delivery begins, so
// it is never delivered twice.
//
// Neighbours: simulator/job says what is told of; simulator/engine opens the box of a run.
//
// Decisions: docs/decisions/simulator-outbox.md
package outbox
