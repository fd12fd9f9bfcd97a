package outbox

import "time"

// Kind is what a letter tells of.
type Kind string

// The kinds of letters.
const (
	Failure    Kind = "failure"    // objects of a cycle failed
	Quarantine Kind = "quarantine" // a quarantine began, or its reason changed (E-335)
	Deletions  Kind = "deletions"  // deletions are held back (E-227)
	Disabled   Kind = "disabled"   // the job was disabled after 28 days (E-259)
)

// Progress is how far a letter has come.
type Progress string

// Each state of progress follows the one before; a letter that nobody delivers ends as written.
const (
	Kept      Progress = "kept"      // in the state alone
	Written   Progress = "written"   // as a file
	Sending   Progress = "sending"   // the delivery began, and its end is unknown
	Delivered Progress = "delivered" // the mail server took it
)

// Letter is one notification, as facts.
type Letter struct {
	Kind Kind      `json:"kind"`
	At   time.Time `json:"at"`
	To   string    `json:"to"`
	// App, Job and Activity name the application, its job and the cycle.
	App      string `json:"app"`
	Job      string `json:"job"`
	Activity string `json:"activity,omitempty"`
	// Reason, Code and Text are those of a quarantine, in Graph's words.
	Reason string `json:"reason,omitempty"`
	Code   string `json:"code,omitempty"`
	Text   string `json:"text,omitempty"`
	// Next is the next cycle; zero where none follows.
	Next time.Time `json:"next,omitzero"`
	// Objects is how many failed, or are held back.
	Objects int64 `json:"objects,omitempty"`

	Progress Progress `json:"progress"`
	// Deliver is set where a mail server was named when the letter was written.
	Deliver bool `json:"deliver,omitempty"`
	// File is the path of the written file.
	File string `json:"file,omitempty"`
	// Problem is why the last attempt to deliver failed.
	Problem string `json:"problem,omitempty"`
}

// State is the progress in words for a person.
func (l *Letter) State() string {
	switch {
	case l.Problem != "":
		return "not delivered: " + l.Problem
	case l.Progress == Sending:
		return "the process ended during delivery, so it is unknown whether it was delivered; it is not sent again"
	case l.Progress == Delivered:
		return "delivered"
	case l.Progress == Kept:
		return "not written yet"
	}
	return "written"
}
