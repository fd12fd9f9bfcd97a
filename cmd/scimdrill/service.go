package main

import (
	"crypto/tls"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// service is the target that was asked for, ready to be served.
type service struct {
	handler http.Handler
	secure  *tls.Config // nil for plain http
	seed    uint64
	made    []string // secrets that were made here and have to be printed
	ended   []func() // what is done at the end, the last first
}

// close ends the use of files, and says what requests met.
func (s *service) close() {
	for _, end := range slices.Backward(s.ended) {
		end()
	}
}

// open checks the flags and makes the target. Nothing listens yet.
func (c *servedFlags) open(a *console.Console) (_ *service, err error) {
	t := &service{}
	defer func() {
		if err != nil {
			t.close()
		}
	}()
	token, err := c.token(a)
	if err != nil {
		return nil, err
	}
	basic, err := c.basic(a)
	if err != nil {
		return nil, err
	}
	limits, err := c.limits()
	if err != nil {
		return nil, err
	}
	options := target.Options{
		Seed: a.Random(), Token: token, Basic: basic, Variants: c.Variant, Defects: c.Defect, Me: c.Me, MeElsewhere: c.MeElsewhere, Limits: limits, Data: c.Data, Now: a.Now,
	}
	if c.Seed != nil {
		options.Seed = *c.Seed
	}
	if options.OAuth, err = c.oauth(a); err != nil {
		return nil, err
	}
	if options.JWT, err = c.jwt(); err != nil {
		return nil, err
	}
	if t.handler, err = c.served(a, options); err != nil {
		return nil, err
	}
	file := t.handler
	t.ended = append(t.ended, func() { kept(a, file) })
	faulty, err := c.faulty(t.handler, options)
	if err != nil {
		return nil, err
	}
	if faulty != nil {
		t.handler = faulty
		t.ended = append(t.ended, func() { sayFaults(a, faulty) })
	}
	if t.secure, err = c.Config(a, c.Listen); err != nil {
		return nil, err
	}
	t.made, t.seed = c.made, options.Seed
	return t, nil
}
