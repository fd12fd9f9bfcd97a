package reports

import (
	"cmp"
	"encoding/json"
)

// reportV1 is a report of schema 1.x.
type reportV1 struct {
	Report

	Simulation *simulationV1 `json:"simulation"` // replaces the member of Report
}

// simulationV1 is the simulation of schema 1.x. It had the members of its job itself, but for
// the final state, and contained another simulation for a second job.
type simulationV1 struct {
	Job

	State        Job           `json:"job"`
	Stopped      string        `json:"stopped"`
	Events       []Event       `json:"events"`
	Expectations []Expectation `json:"expectations"`
	Second       *simulationV1 `json:"second"`
}

// readV1 reads a report of schema 1.x and converts it to the current schema.
func readV1(data []byte) (*Report, error) {
	var old reportV1
	if err := json.Unmarshal(data, &old); err != nil {
		return nil, err
	}
	r := old.Report
	r.SchemaVersion = SchemaVersion
	if old.Simulation != nil {
		r.Simulation = old.Simulation.converted()
	}
	return &r, nil
}

func (v *simulationV1) converted() *Simulation {
	s := &Simulation{Stopped: v.Stopped, Events: v.Events, Expectations: v.Expectations, Jobs: []Job{v.job("")}}
	if o := v.Second; o != nil {
		s.Jobs = append(s.Jobs, o.job("second"))
		s.Stopped = cmp.Or(s.Stopped, o.Stopped)
	}
	return s
}

// job combines the results of the job with its final state.
func (v *simulationV1) job(name string) Job {
	j := v.Job
	j.Name, j.ID, j.Status, j.Disabled = name, v.State.ID, v.State.Status, v.State.Disabled
	j.Quarantined, j.QuarantinePlanned = v.State.Quarantined, v.State.QuarantinePlanned
	return j
}
