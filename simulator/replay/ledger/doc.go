// Package ledger notes which requests of a stream a replay has sent. Another run can go on after a crash, and
// the shards of a replay can be compared with the target together.
//
// A line is a request: before a POST or DELETE is sent, and after each write and each request that gave ids. The
// lines after a response are written with the next announcement, or in blocks. In a crash the last of them are lost,
// and those requests are sent again: a PATCH or PUT that is sent twice leaves what it leaves once. What was announced
// is searched for (POST), or may be gone already (DELETE).
//
// Decisions: docs/decisions/simulator-replay.md
package ledger
