package alias

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Key decides which pseudonym a text gets. Anyone who has it can test guesses of names, so
// keep it apart from everything that was made with it.
type Key struct {
	sum func(kind, text string) [sha256.Size]byte
}

// Secret returns the key of 32 random bytes. It uses HMAC-SHA256.
func Secret(secret [32]byte) Key {
	return Key{func(kind, text string) (sum [sha256.Size]byte) {
		mac := hmac.New(sha256.New, secret[:])
		_, _ = mac.Write([]byte(kind + "\x00" + text)) // a hash takes everything
		mac.Sum(sum[:0])
		return sum
	}}
}

// Seed returns the key of a seed that a person keeps beside a recording. It hashes as every
// recording so far, so that an old recording can still be compared. The sum never leaves this
// package, so nobody can extend it.
func Seed(seed string) Key {
	return Key{func(kind, text string) [sha256.Size]byte {
		return sha256.Sum256([]byte(seed + "\x00" + kind + "\x00" + text))
	}}
}

// random returns the generator for one text.
func (k Key) random(kind, text string) *rand.PCG {
	sum := k.sum(kind, text)
	return rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))
}
