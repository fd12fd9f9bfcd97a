package cycle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Kind is initial or incremental.
type Kind string

// The two kinds of cycle (E-30, E-40).
const (
	Initial     Kind = "initial"
	Incremental Kind = "incremental"
)

// Config is what a job gives each of its cycles.
type Config struct {
	Tenant *directory.Tenant
	Store  *state.Store
	Client Client
	Clock  clock.Clock
	Mappings
	Dialect dialect.Dialect
	Log     *provlog.File
	// Journal is told of every object before it is created, for cleanup; nil keeps none.
	Journal *journal.Journal
	// Writes keeps every write until its effect is committed; nil keeps none.
	Writes *inflight.File
	// Now is wall time. It only decides when to commit; nil commits by the number of entries.
	Now      func() time.Time
	Identity Identity
	IDs      IDs
	Options  Options
	// Evaluation is the base of the environment of mapping expressions; attributes, roles, time and chance are filled in.
	Evaluation expression.Env
	// Redact keeps values of attributes that it hides by name out of the log; nil hides none.
	Redact *exchange.Redactor
	// Latency is how long an answer takes on the virtual clock, of an embedded target that
	// is slow; it is asked once a phase. It may be nil.
	Latency func(at time.Time) time.Duration
	// Observe is told of every entry before it is written to Log, in the order of the log and
	// from one goroutine. What it is given must not be changed. It may be nil.
	Observe func(Logged)
	// Progress is told how far a phase is; total is 0 while it is not known. It may be nil.
	Progress func(phase Phase, done, total int64)
}

// Mappings are what a schema says about the two types of object. They change together (E-273).
type Mappings struct {
	Users  *mapping.Object
	Groups *mapping.Object // nil when the group mapping is off (E-116)
	// Attribute filters of the two mappings; nil lets all pass (E-75).
	UserFilter  *scoping.Filter
	GroupFilter *scoping.Filter
}

// Options are the documented choices that a cycle obeys; simulator/options lists them for people.
type Options struct {
	ScopeAll           bool          // sync all users and groups (E-60)
	PreflightGroups    bool          // the preflight asks for a group as well (W-6, W-C4)
	SoftDelete         bool          // the target knows inactive users (E-218, A-12)
	Parallel           int           // exchanges in flight
	MembersPerPatch    int           // W-71, A-23
	RewriteMembers     bool          // a restart writes all memberships again (E-276)
	DeleteGroups       bool          // a group that leaves scope is deleted
	UnsecuredGroups    bool          // groups that are not security-enabled give scope
	StrictGroups       bool          // a group that fails its filter gives its members none
	ShortMemberQuery   bool          // the query for a member asks for the id alone
	SkipDefaultAccess  bool          // the role Default Access gives no entitlement (E-66)
	SkipOutOfScope     bool          // SkipOutOfScopeDeletions (E-219, A-13)
	SkipOutOfScopeAll  bool          // and it covers blocked and soft-deleted accounts too
	SwitchDeltaDefect  bool          // Switch clears what it reads unchanged (E-179, A-8)
	GroupsFirst        bool          // groups before managers (A-27, against W-87)
	RematchOn404       bool          // a linked object that is gone is matched again at once
	PostNulls          bool          // a create names attributes without a value (W-C16)
	RemovalsFirst      bool          // of members, before additions
	UnreadUpdates      bool          // what changed is written without a read
	BinUnassigns       bool          // a soft-deleted user is not managed any more
	NameSkipped        bool          // an action that is switched off is logged under its name
	DemandEscrows      bool          // a failure on demand is kept for a retry
	ShareTargets       bool          // two source objects may be linked to one target object
	MatchRenamed       bool          // a linked object with other matching values is looked for again
	MatchReturning     bool          // and one that comes back into scope
	MatchConflict      bool          // and one whose create met a conflict
	MatchFirst         bool          // match comes before scope
	PastAmbiguity      bool          // several matches do not end the search
	RefuseCharacters   string        // matching values with one of these fail (E-98, A-19)
	AdoptExisting      bool          // write to objects that were there before (decisions: harmless)
	CreateWhole        bool          // a create has attributes of any name
	UniqueRoleNames    bool          // two app roles of one display name are a quarantine
	FailIncomplete     bool          // a create without a required value fails
	SkippedOther       bool          // who is out of scope is logged as another action
	NamedByID          bool          // the log identifies users by their object ids
	PlainSteps         bool          // steps of the log hold no values
	RetryStages        bool          // a retry logs all its stages
	WriteTime          time.Duration // virtual time of an object written
	ReadTime           time.Duration // virtual time of an object only read
	Retry              Retry
	RetryUnresolved    bool         // references to objects out of scope are kept and tried again (E-44, E-45)
	Deletions          DeletionGate // prevention of accidental deletions (E-225)
	Thresholds         quarantine.Thresholds
	QuarantineByCounts bool
}

// Input is which cycle it is and what it has to look at.
type Input struct {
	Number int // from 1
	// Attempt counts how often the cycle was broken off before it came to its end.
	Attempt int
	Kind    Kind
	// After and UpTo bound the change log of the directory: changes in (After, UpTo] (E-50).
	After, UpTo int64
	// Successes are the exports since the escrows were last cleared.
	Successes int64
	// Restarted says that an initial cycle was completed before this one.
	Restarted bool
	// Again are the objects whose references an attempt that was broken off had still to write.
	Again []int64
	// Staged are the objects that the last cycle held back, to be looked at again.
	Staged []int64
	// ForceDeletes lets those through that were held back (E-228, E-270).
	ForceDeletes bool
	// Demand is the number of a provisioning on demand; 0 is a cycle.
	Demand int
}

// Result is what a cycle did.
type Result struct {
	ID           string
	Number       int
	Kind         Kind
	Began, Ended time.Time
	Counts       Counts
	// Cause is set when the job has to go into quarantine or stay there.
	Cause *quarantine.Cause
	// Failed is set when the preflight failed: nothing was exported and the watermark stays (E-250, A-33).
	Failed bool
	// Staged are the objects whose disable or deletion was held back (E-227).
	Staged []int64
}

// Phase names a part of a cycle for progress.
type Phase string

// The phases in order (W-87).
const (
	PhaseUsers       Phase = "users"
	PhaseManagers    Phase = "managers"
	PhaseGroups      Phase = "groups"
	PhaseMemberships Phase = "memberships"
	// PhaseDeletions follows where accidental deletions are prevented.
	PhaseDeletions Phase = "deletions"
)

// run is one cycle under way.
type run struct {
	Config
	in     Input
	id     string
	result Result
	clock  phaseClock
	claims claims
	// latency is that of the target in this phase.
	latency time.Duration

	everyone bool // the tenant knows no assignments: all are assigned

	managers    []reference                   // users whose manager is to be compared
	memberships []membership                  // groups whose members are to be compared
	due         map[int64][]state.Escrow      // of the memberships phase, by group
	unlinked    map[string]bool               // kinds that had no link when the cycle began
	targets     map[string]resolved           // of the managers phase: managers that were looked up
	staged      map[int64]bool                // of the input
	retried     map[int64]bool                // objects that did not change, and are due from escrow
	later       map[int64]bool                // objects of which a create left something out
	passing     map[int64]bool                // groups that were asked for their filter
	held        []held                        // disables and deletions that wait for the end
	pending     int                           // log entries since the last commit
	saved       time.Time                     // wall time of the last commit
	unknown     map[int64]*scimclient.Failure // objects that an earlier run may have created, and why that is not known yet
	logged      bool                          // the cycle has written to the log
	over        bool                          // the cycle came to its end
	demand      *Demanded                     // nil in a cycle
}

// Run runs one cycle to its end; the caller commits. An error means that the run cannot go on: the context
// ended, the guard spoke, or state could not be written; a failing target is no error.
func Run(ctx context.Context, cfg Config, in Input) (Result, error) {
	r := &run{Config: cfg, in: in, id: cfg.IDs.ForCycle(in.Number, in.Attempt), staged: make(map[int64]bool, len(in.Staged))}
	for _, num := range in.Staged {
		r.staged[num] = true
	}
	r.init()
	r.result = Result{ID: r.id, Number: in.Number, Kind: in.Kind, Began: cfg.Clock.Now()}
	r.begin()

	var err error
	if r.everyone, err = r.Tenant.EveryoneAssigned(ctx); err != nil {
		return r.result, err
	}
	cause, err := r.preflight(ctx)
	if err != nil {
		return r.result, err
	}
	r.clock.took(r.latency)
	if cause == nil {
		if cause, err = r.ambiguousRoles(ctx); err != nil {
			return r.result, err
		}
	}
	if cause != nil {
		r.result.Failed, r.result.Cause = true, cause
		return r.finish(ctx)
	}
	if err := r.lookAtUnanswered(ctx); err != nil {
		return r.breakOff(ctx, err)
	}
	if err := r.lookAtLinks(ctx); err != nil {
		return r.result, err
	}
	phases := []func(context.Context) error{r.users, r.managerReferences, r.groups, r.membershipReferences, r.deletions}
	if r.Options.GroupsFirst {
		phases[1], phases[2] = phases[2], phases[1]
	}
	for _, phase := range phases {
		if err := phase(ctx); err != nil {
			return r.breakOff(ctx, err)
		}
		if err := r.clock.end(ctx); err != nil {
			return r.breakOff(ctx, err)
		}
		r.begin()
	}
	return r.finish(ctx)
}

// init prepares what a cycle and a provisioning on demand share.
func (r *run) init() {
	r.claims.init(r.Store)
	if r.Now != nil {
		r.saved = r.Now()
	}
}

// begin begins a phase.
func (r *run) begin() {
	r.clock.begin(r.Clock)
	if r.Latency != nil {
		r.latency = r.Latency(r.clock.base)
	}
}

// breakOff ends a cycle that cannot go on; what it achieved is kept.
func (r *run) breakOff(ctx context.Context, err error) (Result, error) {
	r.result.Ended = r.clock.now()
	return r.result, errors.Join(err, r.commit(ctx))
}

// finish counts escrows and applies the rules by numbers (E-251, A-25).
func (r *run) finish(ctx context.Context) (Result, error) {
	objects, references, err := r.Store.EscrowCounts(ctx)
	if err != nil {
		return r.result, err
	}
	r.result.Counts.Escrows, r.result.Counts.ReferenceEscrows = objects, references
	if r.result.Cause == nil && r.Options.QuarantineByCounts {
		r.result.Cause = r.Options.Thresholds.Cause(quarantine.Counts{
			Failures: objects, References: references,
			Successes: r.in.Successes + r.result.Counts.Exports(),
		})
	}
	r.result.Ended, r.over = r.Clock.Now(), true
	return r.result, r.saveOrUndo(ctx)
}

// commitEvery is how many log entries share a commit, and commitAfter how much wall time. Work
// that is not committed stands in Config.Writes alone.
const (
	commitEvery = 1024
	commitAfter = time.Second
)

// commit makes state and log durable together.
func (r *run) commit(ctx context.Context) error {
	if err := r.saveOrUndo(ctx); err != nil {
		return err
	}
	if err := r.Store.Commit(); err != nil {
		return err
	}
	if r.Now != nil {
		r.saved = r.Now()
	}
	if r.Writes == nil {
		return nil
	}
	return r.Writes.Trim()
}

// saveOrUndo saves. If the log or its position cannot be written, the state must not become
// durable without them: it goes back to the last commit, and the next run recovers the writes.
func (r *run) saveOrUndo(ctx context.Context) error {
	err := r.save(ctx)
	if err != nil {
		err = errors.Join(err, r.Store.Undo())
	}
	return err
}

// save puts how far the log is into the state, for the next commit. A cycle that logged
// nothing has nothing to save.
func (r *run) save(ctx context.Context) error {
	if !r.logged {
		return nil
	}
	r.pending = 0
	if err := r.Log.Flush(); err != nil {
		return err
	}
	position := LogPosition{Path: r.Log.Path(), Offset: r.Log.Offset(), Cycle: r.in.Number, Attempt: r.in.Attempt, At: r.clock.now(), Done: r.result.Counts, Again: r.again()}
	if r.demand != nil { // which may come between a cycle that was broken off and its next attempt
		var old LogPosition
		if _, err := r.Store.Load(ctx, LogRecord, &old); err != nil {
			return err
		}
		position.Cycle, position.Attempt, position.Done, position.Again = old.Cycle, old.Attempt, old.Done, old.Again
	}
	return r.savePosition(ctx, position)
}

// savePosition puts the positions of the log and of the writes in flight into the state.
func (c *Config) savePosition(ctx context.Context, p LogPosition) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.Store.Save(ctx, LogRecord, p); err != nil || c.Writes == nil {
		return err
	}
	return c.Store.Save(ctx, WritesRecord, c.Writes.Position())
}

func (c *Config) taker() taker {
	return taker{store: c.Store, ids: c.IDs, identity: c.Identity, writeTime: c.Options.WriteTime}
}

func (r *run) progress(phase Phase, done, total int64) {
	if r.Progress != nil {
		r.Progress(phase, done, total)
	}
}

func planError(what string, id string, err error) error {
	return fmt.Errorf("plan %s %s: %w", what, id, err)
}
