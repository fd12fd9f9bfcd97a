package suites

import (
	"context"
	"sync"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// stock are users that no check has taken yet. They are made in bulk, for whatever check is next. Each
// goes to one check only, which may do with it what it likes.
type stock struct {
	begin func() *probe // starts the case that makes them
	mu    sync.Mutex    // guards the rest
	maker *probe
	ids   []string
}

// take returns n users. It makes more of them if there are too few.
func (s *stock) take(ctx context.Context, p *probe, n int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.maker == nil {
		s.maker = s.begin()
	}
	for len(s.ids) < n {
		bodies := s.maker.crewBodies(p.survey.Bulk)
		for i := range bodies {
			bodies[i] = s.maker.ruled("Users", "userName", bodies[i])
		}
		more, err := s.maker.MakeAllInBulk(ctx, "Users", "userName", bodies)
		if s.ids = append(s.ids, more...); err != nil {
			return nil, err
		}
	}
	ids := s.ids[:n:n]
	s.ids = s.ids[n:]
	p.Adopt(s.maker.Case, ids)
	return ids, nil
}

// end removes the users that nobody took, and returns what was sent for it.
func (s *stock) end(ctx context.Context) []*exchange.Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.maker == nil {
		return nil
	}
	s.maker.End(ctx)
	return s.maker.Transcript()
}
