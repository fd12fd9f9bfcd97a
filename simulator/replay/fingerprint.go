package replay

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
)

// Fingerprint tells streams apart by their requests.
type Fingerprint struct{ hash hash.Hash }

// NewFingerprint is that of no request.
func NewFingerprint() *Fingerprint { return &Fingerprint{sha256.New()} }

// Add adds a request.
func (f *Fingerprint) Add(r *Request) {
	for _, text := range []string{r.Tenant, r.Method} {
		_, _ = io.WriteString(f.hash, text+"\n")
	}
	for _, t := range []*template{&r.path, &r.body} {
		for i, part := range t.parts {
			_, _ = io.WriteString(f.hash, part)
			if i < len(t.holes) {
				_, _ = io.WriteString(f.hash, "{{"+r.needs[t.holes[i]].name()+"}}")
			}
		}
		_, _ = io.WriteString(f.hash, "\n")
	}
}

// String is the fingerprint in a few characters.
func (f *Fingerprint) String() string { return hex.EncodeToString(f.hash.Sum(nil))[:32] }
