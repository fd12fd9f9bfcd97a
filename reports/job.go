package reports

import "fmt"

// Job is one provisioning job on the target: its state at the end, and what it did.
type Job struct {
	// Name distinguishes the jobs of a run, such as second. A job without a name is the main job.
	Name string `json:"name,omitempty"`
	// Client is the provisioning client, such as okta; "" is Entra. A client without cycles and escrows has
	// rounds and tasks in their place.
	Client string `json:"client,omitempty"`
	// Profile is the application profile.
	Profile string `json:"profile"`
	ID      string `json:"id,omitempty"`
	// Status is the status code at the end, such as Active or Quarantine.
	Status string `json:"status"`
	// Quarantined reports that the job is in quarantine at the end.
	Quarantined bool `json:"quarantined"`
	// QuarantinePlanned reports that the scenario expects the quarantine.
	QuarantinePlanned bool `json:"quarantinePlanned,omitempty"`
	// Disabled reports that the service disabled the job after a long quarantine (E-259, A-26).
	Disabled    bool    `json:"disabled,omitempty"`
	Cycles      []Cycle `json:"cycles"`
	Quarantines []Span  `json:"quarantines,omitempty"`
	// Notifications are the mails to the address of the job, the oldest first.
	Notifications []Notification `json:"notifications,omitempty"`
	Escrows       []Escrow       `json:"escrows,omitempty"`
	// EscrowReasons count all escrows left, by error code.
	EscrowReasons []EscrowReason `json:"escrowReasons,omitempty"`
	// EscrowsTotal is the number of escrows left, including those not listed.
	EscrowsTotal int `json:"escrowsTotal"`
	// EscrowsPlanned reports that the scenario expects the escrows left.
	EscrowsPlanned bool `json:"escrowsPlanned,omitempty"`
	// Entries are at most MaxEntries entries of the provisioning log.
	Entries []Entry `json:"entries,omitempty"`
	// EntriesTotal is the number of entries in the provisioning log.
	EntriesTotal int `json:"entriesTotal"`
}

// ran counts the cycles, or what a client has in their place.
func (j *Job) ran() string {
	if j.Client != "" {
		return count(len(j.Cycles), "round")
	}
	return count(len(j.Cycles), "cycle")
}

// leftovers counts the escrows, or what a client has in their place.
func (j *Job) leftovers() string {
	if j.Client != "" {
		return count(j.EscrowsTotal, "task")
	}
	return count(j.EscrowsTotal, "escrow")
}

// Totals returns the sum of the counts of all cycles.
func (j *Job) Totals() CycleCounts {
	var sum CycleCounts
	for _, c := range j.Cycles {
		sum = sum.plus(c.Counts)
	}
	return sum
}

// span returns the virtual time from the first cycle to the last as part of a sentence.
func (j *Job) span() string {
	n := len(j.Cycles)
	if n == 0 {
		return ""
	}
	return " in " + virtualSpan(j.Cycles[n-1].Ended.Sub(j.Cycles[0].Began)) + " of virtual time"
}

// called returns the name of the job at index i in a sentence, or "" for the main job.
func (s *Simulation) called(i int) string {
	switch name := s.Jobs[i].Name; {
	case name != "":
		return "the " + name + " job"
	case i > 0:
		return fmt.Sprintf("job %d", i+1)
	default:
		return ""
	}
}

// heading returns the name of the job at index i as a heading.
func (s *Simulation) heading(i int) string {
	if name := s.called(i); name != "" {
		return capitalized(name)
	}
	return "Simulation"
}

// first returns the first job, or an empty job if there is none. The timeline, the table of
// cycles and the log of the page show this job.
func (s *Simulation) first() *Job {
	if len(s.Jobs) == 0 {
		return &Job{}
	}
	return &s.Jobs[0]
}
