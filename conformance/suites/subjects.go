package suites

import "slices"

// each judges a check for one of several subjects, such as an attribute. A subject that fails
// does not end the check: the next one is judged as well, and each that is not passed is a finding
// of its own, with the subject in brackets.
func (p *probe) each(subject string, judge func()) {
	whole := p.finding
	p.finding = &Finding{ID: whole.ID, Subject: subject, Ending: Passed}
	defer func() {
		whole.Assertions += p.finding.Assertions
		known := slices.ContainsFunc(whole.Parts, func(f *Finding) bool { return f.Subject == subject })
		if p.finding.Ending != Passed && !known { // the first difference of a subject decides
			whole.Parts = append(whole.Parts, p.finding)
		}
		p.finding = whole
	}()
	ends(judge)
}

// ends runs a function that may end its check.
func ends(judge func()) {
	defer func() {
		r := recover()
		if _, ok := r.(ended); r != nil && !ok {
			panic(r)
		}
	}()
	judge()
}

// divide gives the parts of a finding what all of them share.
func (f *Finding) divide() {
	for _, part := range f.Parts {
		part.Exchanges, part.Took = f.Exchanges, f.Took
	}
}

// entries are the findings that a report lists: the parts, and the finding itself if it has none
// or failed as well.
func (f *Finding) entries() []*Finding {
	if len(f.Parts) == 0 {
		return []*Finding{f}
	}
	if f.Ending != Passed {
		return append([]*Finding{f}, f.Parts...)
	}
	return f.Parts
}

// worst is the entry that decides how Ginkgo ends the spec.
func (f *Finding) worst() *Finding {
	list := f.entries()
	for _, ending := range []Ending{Failed, Errored, Blocked, Skipped} {
		for _, e := range list {
			if e.Ending == ending {
				return e
			}
		}
	}
	return f
}
