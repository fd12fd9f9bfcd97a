package cycle

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Identity is who the job is in the log: ids of tenant, job and application (G-37).
type Identity struct {
	TenantID         string
	JobID            string
	ServicePrincipal provlog.Named
	Source           provlog.System
	Target           provlog.System
}

// head fills in what all entries of the log have in common, and the ids of this one.
func (i *Identity) head(s *provlog.Summary, ids IDs, cycleID, changeID string, at time.Time) {
	s.ID, s.CycleID, s.ChangeID, s.ActivityDateTime = ids.For("entry", changeID), cycleID, changeID, provlog.Time(at)
	s.TenantID, s.JobID, s.ServicePrincipal = i.TenantID, i.JobID, i.ServicePrincipal
	s.InitiatedBy = provlog.Initiator{DisplayName: "Azure AD Provisioning Service", InitiatorType: "system"}
	s.SourceSystem, s.TargetSystem = i.Source, i.Target
}

// IDs makes the ids of a run from its seed. An id depends only on what it names, never
// on how many were drawn before, so that nothing has to be counted or stored.
type IDs struct {
	Seed uint64
}

// For returns the id of the thing that the parts name.
func (d IDs) For(parts ...string) string {
	named := binary.BigEndian.AppendUint64(make([]byte, 0, 128), d.Seed)
	for _, p := range parts {
		named = append(append(named, 0), p...)
	}
	sum := sha256.Sum256(named)
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 0x40 // version 4
	id[8] = id[8]&0x3f | 0x80 // variant RFC 9562
	return id.String()
}

// ForCycle is the cycleId of the n-th cycle. One that was broken off and begins again
// has an id of its own for each further attempt, so that no id stands in the log twice.
func (d IDs) ForCycle(n, attempt int) string {
	if attempt == 0 {
		return d.For("cycle", strconv.Itoa(n))
	}
	return d.For("cycle", strconv.Itoa(n), strconv.Itoa(attempt))
}

// ForChange is the changeId of a part of an object in a cycle.
func (d IDs) ForChange(cycleID, objectID, part string) string {
	return d.For("change", cycleID, objectID, part)
}

// ForDemand is the cycleId of the n-th provisioning on demand.
func (d IDs) ForDemand(n int) string { return d.For("demand", strconv.Itoa(n)) }
