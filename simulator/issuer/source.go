package issuer

import (
	"context"
	"sync"
	"time"
)

// early is how long before its end a token is replaced (E-22).
const early = time.Minute

// Source gives the header of a request, and signs a token where the last one is at its end.
// It is safe for concurrent use.
type Source struct {
	make   func() (*Issuer, error)
	redact func(string)
	now    func() time.Time

	mu     sync.Mutex
	issuer *Issuer
	header string
	ends   time.Time
}

// NewSource asks make for an issuer when the first token is needed; redact learns every token.
func NewSource(make func() (*Issuer, error), redact func(string), now func() time.Time) *Source {
	return &Source{make: make, redact: redact, now: now}
}

// Authorization is the header of a request that is sent now.
func (s *Source) Authorization(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.header != "" && now.Before(s.ends.Add(-early)) {
		return s.header, nil
	}
	if s.issuer == nil {
		var err error
		if s.issuer, err = s.make(); err != nil {
			return "", err
		}
	}
	token, err := s.issuer.Token(now)
	if err != nil {
		return "", err
	}
	s.redact(token)
	s.header, s.ends = "Bearer "+token, now.Add(Life)
	return s.header, nil
}
