package okta

import "time"

// Mode is the kind of app.
type Mode string

// The modes.
const (
	Wizard    Mode = "aiw"
	Catalogue Mode = "oin"
)

// emptied is what is sent for an attribute that has no value any more (O-50).
type emptied string

const (
	emptiedAbsent emptied = "absent"
	emptiedNull   emptied = "null"
	emptiedText   emptied = "empty"
)

// pushed are the groups that Group Push pushes.
type pushed string

const (
	pushAssigned pushed = "assigned"
	pushAll      pushed = "all"
	pushNone     pushed = "none"
)

// manager is the text that the manager attribute is mapped from.
type manager string

const (
	managerNone  manager = "none"
	managerLogin manager = "login"
	managerName  manager = "name"
)

// Settings are how an administrator configured the app.
type Settings struct {
	Mode Mode
	// App is the name of the app in tasks.
	App string
	// RawToken sends the token without "Bearer " (O-6).
	RawToken bool
	// LoginByMail uses the e-mail address as userName (O-10).
	LoginByMail bool
	Unmapped    map[string]bool // target paths without a mapping row (O-44)
	Manager     manager
	Emptied     emptied
	// NoExternalID omits externalId from creates, as a documented variant does (O-43).
	NoExternalID bool
	PasswordSync bool
	// Suspend makes a blocked account a suspended one, which sends nothing (O-57).
	Suspend bool
	// KnownID reactivates by the stored id, without a lookup (O-59).
	KnownID bool

	Push pushed
	// EmptyCreate creates groups without members in mode oin (O-73).
	EmptyCreate bool
	// RenameApp pushes the name when a group is linked (O-76).
	RenameApp bool
	// QuietName omits the rename that comes with each membership update (O-76).
	QuietName bool
	Batch     int // membership changes in a PATCH (O-79)
	// Leave leaves the group in the target when it is unlinked (O-82).
	Leave bool
	// Lost forgets the removal from a group that was used for assignment too (O-84).
	Lost bool

	ImportGroups bool
	Import       time.Duration // interval of imports, 0 for none
	Safeguard    float64       // share of missing users at which an import stops, in per cent

	Attempts   int           // after which a 429 is a permanent failure
	RetryTasks time.Duration // after which the administrator retries a task; 0 is never
	// ForceSync sends all mapped values of all provisioned users at the start (O-31).
	ForceSync bool
	// PushNow sends all members of all pushed groups at the start (O-78).
	PushNow bool
}
