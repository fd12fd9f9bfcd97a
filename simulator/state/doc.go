// Package state stores the state of a job between cycles, in one SQLite file (job.db)
// that a support engineer can open. It holds the four parts of Graph's restart (E-2):
// the watermark, the connector data store (links and written memberships), the escrows
// and the quarantine. It also holds the virtual time, the position of the id
// generator and the committed length of the provisioning log.
//
// It knows objects by the dense numbers that simulator/directory gave them, and
// keeps failures as facts of simulator/provlog. simulator/cycle reads and writes it;
// simulator/job keeps its own record here as JSON.
//
//	select l.source_id, l.target_id from link l join escrow e on e.num = l.num;
//
// Decisions: docs/decisions/simulator-state.md
package state
