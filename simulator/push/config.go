package push

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Config is the configuration of a run.
type Config struct {
	Endpoint scimclient.Config
	// Tenant is loaded before the first round; if nil, the run continues with the tenant in the state.
	Tenant     io.Reader
	TenantName string // for errors
	// WholeTenant means that what Tenant does not name was removed.
	WholeTenant bool
	// Generated means that Tenant is how the directory began: what Changes did since then stays done.
	Generated bool
	// Changes is the change stream, counted from the start of the first round.
	Changes []directory.Change
	// For is the duration of the run, counted from the first round; 0 ends it when nothing is left to do.
	For      time.Duration
	ScopeAll bool    // everybody is assigned
	Rate     float64 // requests per second; 0 means no limit
	Seed     uint64
	RunID    string
	State    string // folder of tenant.db and client.db
	Rebind   bool   // drop the links of a state that belongs to another target
	Embedded bool   // the target ends with this process
	Command  string // names this process to others that find State in use
	Out      string // folder of log, HAR and journal
	// Transcript is "off", "failures" or "all".
	Transcript string
	// External means that the target is not on loopback: existing objects stay unchanged unless
	// AdoptExisting is set, and too many server errors stop the run.
	External      bool
	AdoptExisting bool
	Limits        exchange.Limits
	Secrets       []string // removed from all output
	Redact        []string // names of headers and attributes whose values are removed too
	Version       string   // of the tool, for the HAR
	// Verify compares the end state of the target with the directory; nil does not.
	Verify *Verification
	// Rehearsal is a plan: its transport keeps writes from the target, so no journal is kept.
	Rehearsal bool
	// Only lists the ids of the source objects of a run on demand; nil takes all.
	Only []string
}

// Verification is how the end state is compared with the directory.
type Verification struct {
	Sample int             // compares so many objects; 0 compares all
	Reader endstate.Reader // reads the target in another way than by requests; may be nil
	// Each receives every difference; it may be nil.
	Each func(endstate.Difference) error
	// Progress receives the number of compared objects; it may be nil.
	Progress func(done int)
}

// Deps are the collaborators of a run.
type Deps struct {
	// HTTP sends the requests; nil is a client with http.DefaultTransport.
	HTTP *http.Client
	// Clock is the clock of the rounds.
	Clock clock.Clock
	// Now is wall time, for the HAR; nil is the system time.
	Now func() time.Time
	// Authorize returns the Authorization header where it is an access token that changes; it may be nil.
	Authorize func(context.Context) (string, error)
	// Ended receives every round that did something; it may be nil.
	Ended func(Round)
	// Note receives every remark for the administrator; it may be nil.
	Note func(text string)
	// Exchange receives every exchange; it may be nil.
	Exchange func(*exchange.Exchange)
	// Timeline is what happens besides the change stream, sorted by time.
	Timeline []Moment
}

// Moment is something that happens at an instant after the start of the run.
type Moment struct {
	At time.Duration
	Do func(ctx context.Context, s *Session, at time.Time) error
}

// Provider is one kind of client.
type Provider interface {
	// Name is the name of the client on the command line.
	Name() string
	// Header is the header set of each request, and BodyType the type of bodies.
	Header() http.Header
	BodyType() string
	// Authorization turns the value of that header into the one that the client sends.
	Authorization(value string) string
	// Connect tests the connection, as an administrator does who saves the settings.
	Connect(ctx context.Context, s *Session) error
	// User and Group bring one object of the target up to date with the directory. retried says that an
	// earlier failure is tried again.
	User(ctx context.Context, s *Session, o *directory.Object, retried bool) error
	Group(ctx context.Context, s *Session, o *directory.Object, retried bool) error
	// Every is the interval of Scheduled, 0 if there is none.
	Every() time.Duration
	Scheduled(ctx context.Context, s *Session) error
	// Expected completes what the target should hold of an object that has a link; false leaves it out.
	Expected(ctx context.Context, s *Session, o *directory.Object, l Link, x *endstate.Expected) (bool, error)
	// Matching are the paths by which objects are found, by collection.
	Matching() map[string][]string
	// LogName is the file of the log, and LogLine the form of an entry in it.
	LogName() string
	LogLine(e Entry) any
}
