package play

import "github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"

// tallied is how often something happened.
type tallied struct {
	count int64
	what  string
}

// tally says in words what happened at all.
func tally(list []tallied) []string {
	var parts []string
	for _, n := range list {
		if n.count > 0 {
			parts = append(parts, console.Grouped(n.count)+" "+n.what)
		}
	}
	return parts
}
