// Package state is what a job remembers between cycles, in one SQLite file (job.db)
// that a support engineer can open: the four parts of Graph's restart (E-2), which are
// the watermark, the connector data store (links and written memberships), the escrows
// and the quarantine, and besides them the virtual time, the position of the id
// generator and how far the provisioning log is committed.
//
// It knows objects by the dense numbers that simulator/directory gave them, and
// imports nothing of ours. simulator/cycle reads and writes it; simulator/job keeps
// its own record here as JSON.
//
//	select l.source_id, l.target_id from link l join escrow e on e.num = l.num;
//
// # Decisions
//
// 2026-11-24: one connection and one open transaction. Everything a cycle changes is
// seen at once by its own reads and becomes durable with the next Commit, together
// with the log offset that belongs to it; a crash in between loses both or neither.
//
// 2026-11-24: the transaction is begun and committed by statements on that connection, and
// no statement can be cancelled: database/sql and the driver start a goroutine for each query
// of a sql.Tx and for each context that can end, which was a tenth of a cycle's CPU time.
//
// 2026-11-24: whether there are escrows at all is known without asking, because mostly there
// are none and a cycle asks for every object.
//
// 2026-11-24: synchronous=NORMAL: a killed process loses nothing that was committed;
// a power cut may lose the last commits, and matching finds those objects again.
package state
