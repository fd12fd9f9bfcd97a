package targets

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"os"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// Service is the target that was asked for, ready to be served.
type Service struct {
	Handler  http.Handler
	Listener net.Listener
	Secure   *tls.Config // nil for plain http
	Seed     uint64
	Made     []string // secrets that were made here and have to be printed
	DNS      string   // the address of the name server; "" for none
	ended    []func() // what is done at the end, the last first
}

// Close stops listening, ends the use of files, and says what requests met.
func (s *Service) Close() {
	for _, end := range slices.Backward(s.ended) {
		end()
	}
}

// Open checks the flags, listens, and makes the target, in this order. A start that fails
// because the address is in use leaves the files of the target that uses it alone (S2).
func (c *Flags) Open(ctx context.Context, con *console.Console) (_ *Service, err error) {
	o, tokens, err := c.options(con)
	if err != nil {
		return nil, err
	}
	t := &Service{Seed: o.Seed, Made: c.made}
	defer func() {
		if err != nil {
			t.Close()
		}
	}()
	inMemory := o
	inMemory.Data = ""
	h, faults, err := c.handler(inMemory, tokens) // with all mistakes but those of the data
	if err != nil {
		return nil, err
	}
	if t.Secure, err = c.Config(con, c.Listen); err != nil {
		return nil, err
	}
	if t.Listener, err = c.DoorFlags.Listen(ctx, con, c.Listen); err != nil {
		return nil, err
	}
	t.ended = append(t.ended, func() { _ = t.Listener.Close() }) // the server has closed it, if there was one
	if err := c.Save(); err != nil {
		return nil, err
	}
	if o.Data != "" {
		if h, faults, err = c.handler(o, tokens); err != nil {
			return nil, err
		}
	}
	if err := t.names(ctx, c.DNS, h); err != nil {
		return nil, err
	}
	t.serve(con, h, faults)
	return t, nil
}

// serve is what answers, with the faults in front of it.
func (s *Service) serve(con *console.Console, h http.Handler, faults *fault.Handler) {
	s.Handler = h
	s.ended = append(s.ended, func() { kept(con, h) })
	if faults != nil {
		s.Handler = faults
		s.ended = append(s.ended, func() { SayFaults(con, faults.Counts()) })
	}
}

// handler makes the target, and the faults in front of it; nil for none.
func (c *Flags) handler(o target.Options, tokens map[string]string) (http.Handler, *fault.Handler, error) {
	h, err := c.served(o, tokens)
	if err != nil {
		return nil, nil, err
	}
	faults, err := c.faulty(h, o)
	if file, ok := h.(io.Closer); ok && err != nil {
		_ = file.Close() // the error is told
	}
	return h, faults, err
}

// options are what the flags say, and the tokens of the tenants.
func (c *Flags) options(con *console.Console) (o target.Options, tokens map[string]string, err error) {
	o = target.Options{
		Seed: con.Random(), Variants: c.Variant, Defects: c.Defect, Me: c.Me, MeElsewhere: c.MeElsewhere, Data: c.Data, Now: con.Now,
	}
	if c.Seed != nil {
		o.Seed = *c.Seed
	}
	if info, err := os.Stat(c.Data); c.Data != "" && err == nil && info.IsDir() {
		return o, nil, exit.Usage("name a file", "read the target's data: %s is a folder", c.Data)
	}
	if o.Token, err = c.token(con); err != nil {
		return o, nil, err
	}
	if o.Basic, err = c.basic(con); err != nil {
		return o, nil, err
	}
	if o.Limits, err = c.limits(); err != nil {
		return o, nil, err
	}
	if err := c.reduce(&o); err != nil {
		return o, nil, err
	}
	if o.OAuth, err = c.oauth(con); err != nil {
		return o, nil, err
	}
	if o.JWT, err = c.jwt(); err != nil {
		return o, nil, err
	}
	tokens, err = c.tokens(con, o)
	return o, tokens, err
}
