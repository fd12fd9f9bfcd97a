package reports

// ReplayBefore is an earlier run of a load, beside which a run is shown.
type ReplayBefore struct {
	// Name is what the earlier run is called: its folder.
	Name       string            `json:"name"`
	Stream     string            `json:"stream"`
	Schedule   string            `json:"schedule"`
	Rate       float64           `json:"rate"`
	Errors     int64             `json:"errors"`
	Response   Latency           `json:"responseMs"`
	Operations []ReplayOperation `json:"operations"`
}

// Unlike says in what the earlier run was another load; empty where it was the same.
func (b *ReplayBefore) Unlike(p *Replay) string {
	switch {
	case b.Stream != p.Stream:
		return "the earlier run sent another stream: " + b.Stream
	case b.Schedule != p.Schedule:
		return "the earlier run had another schedule: " + b.Schedule
	}
	return ""
}

// operation is a kind of request of the earlier run.
func (b *ReplayBefore) operation(name string) *ReplayOperation {
	for i := range b.Operations {
		if b.Operations[i].Name == name {
			return &b.Operations[i]
		}
	}
	return nil
}
