package issuer_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/issuer"
)

func fromSeed(t *testing.T, seed uint64) *issuer.Issuer {
	t.Helper()
	key, err := issuer.FromSeed(seed)
	if err != nil {
		t.Fatal(err)
	}
	i, err := issuer.New(key, "")
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func get(t *testing.T, i *issuer.Issuer, path string, into any) {
	t.Helper()
	w := httptest.NewRecorder()
	i.Handler("http://127.0.0.1:9").ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil || w.Code != 200 {
		t.Fatalf("GET %s: %d %s", path, w.Code, w.Body)
	}
}

// key is the published key, put together from the standard library alone.
func key(t *testing.T, i *issuer.Issuer) (id string, public *rsa.PublicKey) {
	t.Helper()
	var set struct {
		Keys []struct{ Kty, Use, Alg, Kid, N, E string }
	}
	get(t, i, "/discovery/keys", &set)
	if len(set.Keys) != 1 || set.Keys[0].Kty != "RSA" || set.Keys[0].Use != "sig" || set.Keys[0].Alg != "RS256" {
		t.Fatalf("key set %+v", set)
	}
	number := func(s string) *big.Int {
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return new(big.Int).SetBytes(b)
	}
	return set.Keys[0].Kid, &rsa.PublicKey{N: number(set.Keys[0].N), E: int(number(set.Keys[0].E).Int64())}
}

func TestToken(t *testing.T) {
	t.Parallel()
	i := fromSeed(t, 7)
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	token, err := i.Token(now)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	id, public := key(t, i)
	t.Run("W-127 the published key verifies the signature", func(t *testing.T) {
		signature, err := base64.RawURLEncoding.DecodeString(parts[2])
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
		if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, hash[:], signature); err != nil {
			t.Error(err)
		}
	})
	decode := func(part string) map[string]any {
		text, err := base64.RawURLEncoding.DecodeString(part)
		m := map[string]any{}
		if err := errors.Join(err, json.Unmarshal(text, &m)); err != nil {
			t.Fatal(err)
		}
		return m
	}
	t.Run("W-127 claims of Entra's form and our own issuer", func(t *testing.T) {
		if diff := cmp.Diff(map[string]any{"alg": "RS256", "typ": "JWT", "kid": id}, decode(parts[0])); diff != "" {
			t.Errorf("header (-want +got):\n%s", diff)
		}
		got := decode(parts[1])
		for _, made := range []string{"sub", "tid", "uti"} {
			if s, _ := got[made].(string); len(s) < 16 {
				t.Errorf("%s is %v", made, got[made])
			}
			delete(got, made)
		}
		if diff := cmp.Diff(map[string]any{
			"iss": "https://scimdrill.test", "aud": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621", "appid": "00000014-0000-0000-c000-000000000000",
			"iat": 1767600000.0, "nbf": 1767600000.0, "exp": 1767603600.0, "ver": "1.0",
		}, got); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
		if strings.Contains(token+string(mustDecode(t, parts[1])), "sts.windows.net") {
			t.Error("the token claims to come from Microsoft")
		}
	})
	t.Run("one seed, one key and one token", func(t *testing.T) {
		again, err := fromSeed(t, 7).Token(now)
		if err != nil || again != token {
			t.Errorf("another token, error %v", err)
		}
		if other, _ := key(t, fromSeed(t, 8)); other == id {
			t.Error("two seeds have one key")
		}
	})
	t.Run("the OpenID configuration names issuer and keys", func(t *testing.T) {
		var c map[string]any
		get(t, i, "/.well-known/openid-configuration", &c)
		if c["issuer"] != "https://scimdrill.test" || c["jwks_uri"] != "http://127.0.0.1:9/discovery/keys" {
			t.Errorf("configuration %v", c)
		}
	})
}

func mustDecode(t *testing.T, part string) []byte {
	t.Helper()
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSource(t *testing.T) {
	t.Parallel()
	i, made, redacted := fromSeed(t, 7), 0, []string{}
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	s := issuer.NewSource(func() (*issuer.Issuer, error) { made++; return i, nil }, func(s string) { redacted = append(redacted, s) },
		func() time.Time { return now })
	first, err := s.Authorization(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(58 * time.Minute)
	kept, _ := s.Authorization(t.Context())
	now = now.Add(time.Minute + time.Second)
	next, _ := s.Authorization(t.Context())
	if kept != first || next == first {
		t.Error("E-22: a token is kept until a minute before its end, and then renewed")
	}
	if made != 1 || len(redacted) != 2 || "Bearer "+redacted[0] != first || "Bearer "+redacted[1] != next {
		t.Errorf("%d issuers were made, %d tokens are known to the redactor", made, len(redacted))
	}
	broken := issuer.NewSource(func() (*issuer.Issuer, error) { return nil, errors.New("no key") }, func(string) {}, func() time.Time { return now })
	if header, err := broken.Authorization(t.Context()); err == nil || header != "" {
		t.Errorf("header %q, error %v", header, err)
	}
}

func TestReadKey(t *testing.T) {
	t.Parallel()
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Skipf("no key of 1024 bits can be made here: %v", err)
	}
	good, err := issuer.FromSeed(3)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		text []byte
		want string
	}{
		{"PKCS 1", pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(good)}), ""},
		{"PKCS 8", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), ""},
		{"no PEM", []byte("secret"), "no PEM"},
		{"a certificate", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("x")}), "no RSA private key"},
		{"too small", pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(small)}), "1024 bits"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			key, err := issuer.ReadKey(tt.text)
			if tt.want == "" && (err != nil || !key.Equal(good)) || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestAssertion(t *testing.T) {
	t.Parallel()
	i := fromSeed(t, 7)
	text, err := i.Assertion(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), "")
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(mustDecode(t, strings.Split(text, ".")[1]), &got); err != nil {
		t.Fatal(err)
	}
	t.Run("W-130 claims of the assertion, with uti and without jti", func(t *testing.T) {
		app, _ := got["appid"].(string)
		want := map[string]any{
			"iss": "https://scimdrill.test", "idp": "https://scimdrill.test", "aud": "api://" + app, "appidacr": "2", "ver": "2.0",
			"iat": 1767600000.0, "nbf": 1767600000.0, "exp": 1767603900.0,
		}
		for _, made := range []string{"appid", "sub", "oid", "tid", "uti"} {
			if s, _ := got[made].(string); len(s) < 16 {
				t.Errorf("%s is %v", made, got[made])
			}
			delete(got, made)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
	})
	if other, err := i.Assertion(time.Now(), "api://vendor"); err != nil ||
		!strings.Contains(string(mustDecode(t, strings.Split(other, ".")[1])), `"aud":"api://vendor"`) {
		t.Errorf("another audience: %v", err)
	}
}
