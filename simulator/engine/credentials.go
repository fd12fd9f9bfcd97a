package engine

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/job"
)

// Credentials are what a state keeps of credentials that an administrator saved: never a secret.
type Credentials struct {
	Kind string    `json:"kind"` // such as "bearer token in the file token"
	At   time.Time `json:"at"`   // on the clock of the job
}

// credentialsRecord is the key of the credentials in the state.
const credentialsRecord = "credentials"

// SaveCredentials notes that credentials passed Test Connection and were saved. It neither restarts the
// job nor lifts its quarantine; the next attempt, or a start, uses them (E-258).
func (o *Office) SaveCredentials(ctx context.Context, kind string) error {
	c := Credentials{Kind: kind, At: o.Job.Record().Now}
	if err := o.run.store.Save(ctx, credentialsRecord, c); err != nil {
		return err
	}
	o.Credentials = &c
	return o.Job.ChangeSettings(ctx, job.AuditDetail{Key: "Setting", Value: "credentials"})
}
