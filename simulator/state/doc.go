// Package state is what a job remembers between cycles, in one SQLite file (job.db)
// that a support engineer can open: the four parts of Graph's restart (E-2), which are
// the watermark, the connector data store (links and written memberships), the escrows
// and the quarantine, and besides them the virtual time, the position of the id
// generator and how far the provisioning log is committed.
//
// It knows objects by the dense numbers that simulator/directory gave them, and
// keeps failures as facts of simulator/provlog. simulator/cycle reads and writes it;
// simulator/job keeps its own record here as JSON.
//
//	select l.source_id, l.target_id from link l join escrow e on e.num = l.num;
//
// Decisions: docs/decisions/simulator-state.md
package state
