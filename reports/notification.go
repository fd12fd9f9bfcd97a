package reports

import "time"

// Notification is a mail to the address of a job.
type Notification struct {
	At time.Time `json:"at"`
	// Kind is failure, quarantine, deletions or disabled.
	Kind    string `json:"kind"`
	To      string `json:"to,omitempty"`
	Subject string `json:"subject"`
	// State is the state of the mail in words, such as written or delivered.
	State string `json:"state"`
	// File is the name of the mail in the folder outbox.
	File string `json:"file,omitempty"`
}
