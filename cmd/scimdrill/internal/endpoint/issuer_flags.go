package endpoint

import (
	"crypto/rsa"
	"strconv"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

// IssuerFlags say what the tokens are that are sent when no secret is given.
type IssuerFlags struct {
	IssuerKey      string `help:"Signing key for the tokens sent when no secret is given: a seed, or a file with an RSA key (PEM)." default:"1" placeholder:"SEED|FILE" group:"Target"`
	IssuerAudience string `help:"Audience of these tokens (default: the audience of non-gallery applications)." placeholder:"ID" group:"Target"`
}

// Made reads or makes the key; known reports whether anybody could make it.
func (f *IssuerFlags) Made() (i *issuer.Issuer, known bool, err error) {
	key, known, err := f.key()
	if err != nil {
		return nil, false, err
	}
	i, err = issuer.New(key, f.IssuerAudience)
	return i, known, err //nolint:wrapcheck // it says what it is
}

func (f *IssuerFlags) key() (key *rsa.PrivateKey, known bool, err error) {
	if seed, err := strconv.ParseUint(f.IssuerKey, 10, 64); err == nil {
		key, err = issuer.FromSeed(seed)
		return key, true, err //nolint:wrapcheck // it says what it is
	}
	text, err := wholefile.Read(f.IssuerKey, 4<<20)
	if err != nil {
		return nil, false, exit.Usage("pass a number as the seed, or a file with an RSA key", "--issuer-key: %w", err)
	}
	if key, err = issuer.ReadKey(text); err != nil {
		return nil, false, exit.Usage("", "--issuer-key %s: %w", f.IssuerKey, err)
	}
	return key, false, nil
}

// assertions signs what stands for a client secret; a seed's key is made when it is needed.
func (f *IssuerFlags) assertions() (func(time.Time) (string, error), error) {
	make := sync.OnceValues(func() (*issuer.Issuer, error) {
		i, _, err := f.Made()
		return i, err
	})
	if !f.seeded() {
		if _, err := make(); err != nil {
			return nil, err
		}
	}
	return func(now time.Time) (string, error) {
		i, err := make()
		if err != nil {
			return "", err
		}
		return i.Assertion(now, f.IssuerAudience)
	}, nil
}

// seeded reports whether the key comes from a seed, without making it.
func (f *IssuerFlags) seeded() bool {
	_, err := strconv.ParseUint(f.IssuerKey, 10, 64)
	return err == nil
}

// selfIssued lets requests carry a token of our issuer, as Entra sends one of its own when
// the secret is left blank (W-127).
func (f *Flags) selfIssued(con *console.Console, e *Endpoint) error {
	if f.Anonymous || e.Header.Get("Authorization") != "" {
		return nil
	}
	if !f.seeded() { // a key file is read now, where its mistakes can be told
		i, _, err := f.Made()
		if err != nil {
			return err
		}
		e.Issuer = func() (*issuer.Issuer, error) { return i, nil }
	} else {
		e.Issuer = func() (*issuer.Issuer, error) {
			i, _, err := f.Made()
			return i, err
		}
	}
	e.Authorization = exchange.AccessToken
	con.Say("note: no secret given; sending a token of %s, as Entra sends one of its own (--anonymous sends none)", issuer.Name)
	if e.External() && f.seeded() {
		con.Say("note: anyone can derive a key from its seed; use --issuer-key FILE before a system that others can reach trusts the key")
	}
	return nil
}
