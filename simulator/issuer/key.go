package issuer

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
)

// bits is the size of a key that is made here.
const bits = 2048

// FromSeed makes the key of a seed, the same one each time. Whoever knows the seed has it.
func FromSeed(seed uint64) (*rsa.PrivateKey, error) {
	random := rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "scimdrill issuer key %d", seed)))
	e := big.NewInt(65537)
	p := prime(random, e)
	q := prime(random, e)
	for p.Cmp(q) == 0 {
		q = prime(random, e)
	}
	one := big.NewInt(1)
	p1, q1 := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	lambda := new(big.Int).Div(new(big.Int).Mul(p1, q1), new(big.Int).GCD(nil, nil, p1, q1))
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: int(e.Int64())},
		D:         new(big.Int).ModInverse(e, lambda),
		Primes:    []*big.Int{p, q},
	}
	key.Precompute()
	if err := key.Validate(); err != nil {
		return nil, fmt.Errorf("make the key of seed %d: %w", seed, err)
	}
	return key, nil
}

// prime draws a prime of half the size whose two highest bits are set, so that the product
// of two has all its bits, and which goes with the exponent.
func prime(random *rand.ChaCha8, e *big.Int) *big.Int {
	const rounds = 32 // of Miller-Rabin; FIPS 186-5 asks for 5 at this size
	buf := make([]byte, bits/16)
	one := big.NewInt(1)
	for {
		_, _ = random.Read(buf) // never fails
		buf[0] |= 0xc0
		buf[len(buf)-1] |= 1
		p := new(big.Int).SetBytes(buf)
		if new(big.Int).GCD(nil, nil, new(big.Int).Sub(p, one), e).Cmp(one) == 0 && p.ProbablyPrime(rounds) {
			return p
		}
	}
}

// ReadKey reads an RSA key of at least 2048 bits from PEM, as openssl genrsa writes it.
func ReadKey(text []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM block found; hint: create a key with `openssl genrsa -out key.pem 2048`")
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		other, otherErr := x509.ParsePKCS8PrivateKey(block.Bytes)
		var ok bool
		if key, ok = other.(*rsa.PrivateKey); !ok || otherErr != nil {
			return nil, errors.New("no RSA private key without a passphrase found; hint: create a key with `openssl genrsa -out key.pem 2048`")
		}
	}
	if key.N.BitLen() < bits {
		return nil, fmt.Errorf("the key has %d bits, but verifiers require at least %d", key.N.BitLen(), bits)
	}
	return key, nil
}
