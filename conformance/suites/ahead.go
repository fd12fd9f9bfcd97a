package suites

import (
	"slices"
	"sync"
)

// ahead starts checks before Ginkgo asks for their results, Parallel at once. Those of many requests
// start first. Those that must be alone run at the end, one after the other. The function returns how
// to get the result of the check with a given index; it is nil if checks run one after the other.
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
		s.beside = &sync.RWMutex{}
		beside, alone := s.starts(list)
		go func() {
			s.work(s.Parallel, beside, func(i int) { results[i] <- s.turn(list[i]) })
			s.work(1, alone, func(i int) { results[i] <- s.turn(list[i]) })
		}()
	})
	return func(i int) func() *Finding {
		return func() *Finding {
			start()
			return <-results[i]
		}
	}
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

// turn runs a check, unless the run has ended.
func (s Suite) turn(c Spec) *Finding {
	s.beside.RLock()
	defer s.beside.RUnlock()
	if f := over(s.Context, c); f != nil {
		return f
	}
	return s.run(s.Context, c)
}
