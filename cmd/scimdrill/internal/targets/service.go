package targets

import (
	"crypto/tls"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// Service is the target that was asked for, ready to be served.
type Service struct {
	Handler http.Handler
	Secure  *tls.Config // nil for plain http
	Seed    uint64
	Made    []string // secrets that were made here and have to be printed
	ended   []func() // what is done at the end, the last first
}

// Close ends the use of files, and says what requests met.
func (s *Service) Close() {
	for _, end := range slices.Backward(s.ended) {
		end()
	}
}

// Open checks the flags and makes the target. Nothing listens yet.
func (c *Flags) Open(con *console.Console) (_ *Service, err error) {
	t := &Service{}
	defer func() {
		if err != nil {
			t.Close()
		}
	}()
	token, err := c.token(con)
	if err != nil {
		return nil, err
	}
	basic, err := c.basic(con)
	if err != nil {
		return nil, err
	}
	limits, err := c.limits()
	if err != nil {
		return nil, err
	}
	options := target.Options{
		Seed: con.Random(), Token: token, Basic: basic, Variants: c.Variant, Defects: c.Defect, Me: c.Me, MeElsewhere: c.MeElsewhere, Limits: limits, Data: c.Data, Now: con.Now,
	}
	if c.Seed != nil {
		options.Seed = *c.Seed
	}
	if err := c.reduce(&options); err != nil {
		return nil, err
	}
	if options.OAuth, err = c.oauth(con); err != nil {
		return nil, err
	}
	if options.JWT, err = c.jwt(); err != nil {
		return nil, err
	}
	if t.Handler, err = c.served(con, options); err != nil {
		return nil, err
	}
	file := t.Handler
	t.ended = append(t.ended, func() { kept(con, file) })
	faulty, err := c.faulty(t.Handler, options)
	if err != nil {
		return nil, err
	}
	if faulty != nil {
		t.Handler = faulty
		t.ended = append(t.ended, func() { sayFaults(con, faulty) })
	}
	if t.Secure, err = c.Config(con, c.Listen); err != nil {
		return nil, err
	}
	t.Made, t.Seed = c.made, options.Seed
	return t, nil
}
