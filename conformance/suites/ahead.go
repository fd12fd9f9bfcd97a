package suites

import (
	"slices"
	"sync"
)

// ahead starts checks before Ginkgo asks for their results, Parallel at once. Those of many requests
// start first. When all have ended, what is in doubt runs again, and then those that must be alone run,
// one after the other. The function returns how to get the result of the check with a given index; it
// is nil if checks run one after the other.
func (s Suite) ahead(list []Spec) func(i int) func() *Finding {
	list = slices.DeleteFunc(slices.Clone(list), func(c Spec) bool { return c.body == nil }) // which are at the end
	if s.Parallel < 2 || s.Context == nil {
		return func(int) func() *Finding { return nil }
	}
	results := make([]chan *Finding, len(list))
	for i := range results {
		results[i] = make(chan *Finding, 1)
	}
	start := sync.OnceFunc(func() {
		go func() {
			ends := func(i int, f *Finding) {
				s.told.ended(list[i])
				results[i] <- f
			}
			beside, alone := s.starts(list)
			doubts := make([]*probe, len(list))
			s.work(s.Parallel, beside, func(i int) {
				if f := over(s.Context, list[i]); f != nil {
					ends(i, f)
					return
				}
				p := s.first(s.Context, list[i])
				if s.doubtful(list[i], p, true) && s.Context.Err() == nil {
					doubts[i] = p
					return
				}
				ends(i, s.done(s.Context, p))
			})
			for _, i := range beside {
				if p := doubts[i]; p != nil {
					if s.Context.Err() == nil && !s.cutShort(p) {
						p = s.second(s.Context, list[i], p)
					}
					ends(i, s.done(s.Context, p))
				}
			}
			for _, i := range alone {
				f := over(s.Context, list[i])
				if f == nil {
					f = s.run(s.Context, list[i])
				}
				ends(i, f)
			}
		}()
	})
	return func(i int) func() *Finding {
		return func() *Finding {
			start()
			return <-results[i]
		}
	}
}

// cutShort reports a check whose finding stands because the target has gone away since, with all
// requests of the check answered before.
func (s Suite) cutShort(p *probe) bool {
	return s.Session.Left() != nil && p.finding.Lost == "" && !p.finding.Gone && !p.spared && !p.hurried
}

// starts is the order in which checks start, as indexes: those that may run beside others, and those
// that must be alone. A random order stays as it is.
func (s Suite) starts(list []Spec) (beside, alone []int) {
	for i, c := range list {
		if c.Alone {
			alone = append(alone, i)
			continue
		}
		beside = append(beside, i)
	}
	rank := map[bool]int{true: -1}
	if s.Random == 0 {
		slices.SortStableFunc(beside, func(i, j int) int { return rank[list[i].wide] - rank[list[j].wide] })
	}
	return beside, alone
}

// work does things in order, n at once, and returns when all are done.
func (s Suite) work(n int, list []int, do func(i int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for _, i := range list {
		next <- i
	}
	close(next)
	workers.Wait()
}
