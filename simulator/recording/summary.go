package recording

import "time"

// Summary counts a recording as it goes.
type Summary struct {
	Requests int
	Cycles   int
	Failed   int // answered with 400 or more, or not at all
	ByKind   map[Kind]int
	First    time.Time
	Last     time.Time
	Signs    *Signs

	probes map[string]bool // GUIDs that were asked for, and whether each began a cycle
	begins Beginning
}

// NewSummary has counted nothing.
func NewSummary() *Summary {
	return &Summary{ByKind: map[Kind]int{}, Signs: NewSigns(), probes: map[string]bool{}}
}

// Add counts one request.
func (s *Summary) Add(r *Request) {
	s.Requests++
	if s.First.IsZero() {
		s.First = r.Started
	}
	s.Last = r.Started
	if r.Status == 0 || r.Status >= 400 {
		s.Failed++
	}
	s.Signs.See(r)
	kind := r.Kind(func(string) bool { return false })
	s.ByKind[kind]++
	if kind == Probe {
		began := s.begins.Probe(r.Collection)
		s.probes[r.probed()] = began
		if began {
			s.Cycles++
		}
	}
	if kind != Probe {
		s.begins = Beginning{}
	}
	if kind == Create {
		s.correct(r)
	}
}

// correct takes back what was taken for a probe and was the search for an object that is
// matched by a GUID.
func (s *Summary) correct(r *Request) {
	o := r.sent()
	for name := range o {
		value := o.text(name)
		if began, was := s.probes[value]; was {
			delete(s.probes, value)
			s.ByKind[Probe]--
			s.ByKind[Match]++
			if began {
				s.Cycles--
			}
		}
	}
}

// Beginning is the probes in a row with which a cycle begins: one of each collection (W-6).
type Beginning struct{ users, groups bool }

// Probe takes a probe and reports whether a cycle begins with it.
func (b *Beginning) Probe(collection string) bool {
	began := *b == Beginning{} || collection == "Users" && b.users || collection == "Groups" && b.groups
	if began {
		*b = Beginning{}
	}
	b.users, b.groups = b.users || collection == "Users", b.groups || collection == "Groups"
	return began
}
