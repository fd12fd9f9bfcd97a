// Package cycle runs one cycle of a job: import, scoping, matching, processing,
// reference resolution, export, for users, their managers, groups and memberships, in
// that order (W-87).
//
// One Entry walks the stages, each in the file of its name; a stage returns a
// provlog.Step and fills in what the next one needs, and the provisioning log is what
// the stages returned. Three roles share the work on an entry:
//
//	plan      the planning goroutine reads directory and state, decides scope
//	exchange  a worker talks to the target; it sees only the entry
//	commit    the planning goroutine writes state, log and counters, in plan order
//
// so that different objects may be in flight at once while log and state are the
// same for every number of workers. Objects with the same matching value share a lane
// and never overtake each other.
//
// When the run is told to stop, no further request is begun, those under way come to
// their end, and what they achieved is committed and logged. The next run begins the
// cycle again, under an id of its own, and matching finds what is there already.
//
// Neighbours: simulator/directory is the source, simulator/mapping and
// simulator/scoping decide what should be there, simulator/dialect renders it,
// simulator/scimclient sends it, simulator/state remembers, simulator/job decides when
// the next cycle is.
//
// # Decisions
//
// 2026-11-24: the virtual clock moves at the end of a phase by what its objects took
// (0.04 minutes for an object written, 0.02 for one only read); log entries carry
// instants inside the phase.
//
// 2026-11-24: for a user who is out of scope, blocked or soft-deleted only the mappings
// that read IsSoftDeleted flow; other changes wait until the user is back (inferred from
// EntryExportUpdateSoftDelete in logs, G-38).
//
// 2026-11-24: a manager is compared whenever its user is processed for any reason; a
// change that only concerns the manager's own scope does not process the user (E-44).
//
// 2026-11-24: a member whose own creation failed leaves a reference escrow that is
// retried; a member out of scope leaves none and is only looked at again when the
// membership changes or on a restart (E-45, E-293; the first half is inferred).
//
// 2026-11-24: a soft-deleted user keeps its memberships in the target: nothing
// documents a removal, and E-46 expects the target to have kept them.
//
// 2026-11-24: equal bytes for every number of workers need a target whose answers depend
// on the history of one object. Three cases are outside: a user takes over, in the same cycle,
// the name that another one gives up; two users find one object by different attributes; and
// a damaged answer about a group is quoted that was read while its members were deleted.
//
// 2026-11-24: a linked account that left scope is no longer managed, whether it was
// disabled or left alone by SkipOutOfScopeDeletions, an unmapped active or Update
// switched off; a later deletion is then not passed on. The documents say it of the
// disabled one (E-220), the rest is inferred. It counts as not provisioned for references:
// it is not written as a manager or a new member (E-44, W-93).
//
// 2026-11-24: SkipOutOfScopeDeletions is about accounts and so does not keep groups, which
// the option deleteGroups does (A-12, inferred). An account that is deleted for good is
// deleted in the target under both options.
//
// 2026-11-24: the last known attributes of an object that is gone for good decide whether
// it passes the filters at reading; a delta carries none (E-86, inferred).
//
// 2026-11-24: a membership whose write failed is written again as the source has it by then,
// also when that is how it was before: the target may have done what it answered with an
// error, and members are never read (E-292; found by a seed, inferred). An escrow of a
// reference ends when there is nothing left to be written: the membership ended, the other
// object left scope or is gone, the user has another manager (inferred).
//
// 2026-11-24: objects whose own state is written and whose references are not yet are kept
// with the position of the log. A cycle that was broken off looks at them again: no change
// and no escrow would tell of them (found by a seed).
//
// 2026-11-24: an object that is not looked at any more, for an input filter or because it
// was never linked and is gone, loses its escrows: there is nothing to retry (inferred).
//
// 2026-11-24: an object that is out of scope and not linked is skipped also when its
// mapping cannot be evaluated; it would fail only if something of it could flow (inferred).
//
// 2026-11-24: with rematchOn404 the memberships of the object that is gone are forgotten,
// as the new one has none; they are written again when the group is looked at (A-17, E-46).
//
// 2026-11-24: a group without a matching value is skipped with its memberships. That its
// members are not provisioned either (E-94) is read as that: as users they are in scope by
// its assignment, as with a group that fails its filter (A-39, inferred).
//
// 2026-11-24: a group with only membership changes gets one log entry, for the
// memberships; all members written to one group in one cycle share an entry.
//
// 2026-11-24: with the prevention of accidental deletions, disables and deletions are
// the last phase. A disable counts when the target was read and differs, a deletion
// without a read. Held ones are logged as stagedDelete with status skipped (the pages
// name the action only), are looked at again in every cycle, and are dropped by a
// restart that clears the watermark, because that looks at everybody (E-227, A-15, A-16).
// Allowing deletes lets through what was held back; others of that cycle are counted anew.
// One that was held back and cannot be read in a later cycle stays held back and counts (found
// by a seed, inferred): the gate would open by the failures of the target, and after 28 days
// of them nobody would look at the object again.
//
// 2026-11-24: the references of an object that failed itself wait for the next try of the
// object (found by a seed, inferred). By their own times the object would be tried in every
// cycle, against its schedule.
//
// 2026-11-24: a restart writes the memberships of those again who were disabled and came
// back, because the target may have dropped them (E-46, E-276), and no others, because
// what was written once is taken for granted (E-292). The option restartMembers writes all.
//
// 2026-11-24: a link remembers the matching values that the target was given. Whoever
// wants one of them shares a lane with that object, so that a chain of renames and a
// successor of a deleted object come out the same for every number of workers.
//
// 2026-11-24: with readBeforeUpdate=false an update of a linked, managed user or group writes what
// changed in the source without a read. Who is new, came back, changed in more than
// properties or failed before is read all the same, and so is everybody in an initial cycle:
// nothing says what the target has by then (inferred).
//
// 2026-11-24: with rematchOnRename and rematchOnReturn the link follows what is found; when that
// is another object, the memberships of the old one are forgotten, as with rematchOn404 (inferred).
//
// 2026-11-24: with filteredGroups=none the members of every group that changed are looked at
// again, because the group may pass its filter now (A-39, inferred).
//
// 2026-11-24: with duplicateSources=link both objects write to the one that they share; when one
// of them is deleted for good, so is the target object (A-18, inferred).
//
// 2026-11-24: provisioning on demand walks through the same stages, uses the requests
// without the flag of the tenant URL (E-285), keeps no failure for a retry and leaves the
// watermark alone. Scope comes before match there too (E-281, A-22). Of a group the
// picked members are written that are provisioned themselves (E-293); the pages do not say
// whether picking a member provisions the user as well, and here it does not.
//
// 2026-11-24: what the user asks to hide by name is hidden in the log as well as in the
// transcript: in modified properties, in details, and in the name that the source gives the object.
package cycle
