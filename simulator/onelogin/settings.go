package onelogin

import "time"

// removal is what happens to a user who loses access (L-28).
type removal string

const (
	removeDelete  removal = "delete"
	removeSuspend removal = "suspend"
	removeNothing removal = "nothing"
)

// groupForm is the form of a membership change (L-42, L-43).
type groupForm string

const (
	formSchema groupForm = "schema" // that of the template's version
	formOld    groupForm = "v1.1"
	formValue  groupForm = "v2-value"
	formFilter groupForm = "v2-filter"
)

// rule is the action of a rule that sets groups (L-41).
type rule string

const (
	ruleMap      rule = "map"      // creates groups that are missing
	ruleExisting rule = "existing" // sets only groups that were there
	ruleNone     rule = "none"
)

// The operations that an administrator may have to approve (L-7).
const (
	opCreate = "create"
	opUpdate = "update"
	opDelete = "delete"
)

// Settings are how an administrator configured the app.
type Settings struct {
	// Schema is the kind of app, and Template its JSON, which Custom replaces.
	Schema string
	Custom string
	Quirks map[string]bool
	// ByMail sets the parameter scimusername to the e-mail address (L-9).
	ByMail bool
	// Percent encodes blanks of a query as %20, not as + (not known).
	Percent   bool
	UserAgent string

	OnRemove        removal
	SuspendsNothing bool // on suspension, nothing is sent (L-28)

	Approval   map[string]bool // operations that need an approval
	Approved   time.Duration   // after which they get it
	Unapproved bool            // they never get it

	Rule     rule
	AllRoles bool // each group of the directory is a role, not only the assigned ones
	Form     groupForm

	RetryFailed time.Duration // after which the administrator retries; 0 is never
}
