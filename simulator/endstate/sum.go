package endstate

import "slices"

// Add adds the comparison of another tenant.
func (r *Result) Add(other Result) {
	r.Users, r.Groups, r.Requests, r.Unverified = r.Users+other.Users, r.Groups+other.Groups, r.Requests+other.Requests, r.Unverified+other.Unverified
	for _, f := range other.Findings {
		i := slices.IndexFunc(r.Findings, func(own Finding) bool { return own.Kind == f.Kind && own.Type == f.Type && own.Path == f.Path })
		if i < 0 {
			r.Findings = append(r.Findings, f)
			continue
		}
		own := &r.Findings[i]
		own.Count, own.Objects = own.Count+f.Count, own.Objects+f.Objects
		own.Examples = append(slices.Clone(own.Examples), f.Examples[:min(len(f.Examples), examples-min(examples, len(own.Examples)))]...)
	}
	r.Findings = inOrder(r.Findings)
	for _, why := range other.Why {
		if !slices.Contains(r.Why, why) {
			r.Why = append(r.Why, why)
		}
	}
	for _, note := range other.Notes {
		if !slices.Contains(r.Notes, note) {
			r.Notes = append(r.Notes, note)
		}
	}
	if r.Impossible == "" {
		r.Impossible = other.Impossible
	}
}
