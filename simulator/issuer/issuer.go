package issuer

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/uuid"
)

// What a token says (W-127), with our issuer in the place of Microsoft's.
const (
	// Name is the issuer, iss.
	Name = "https://scimdrill.test"
	// Audience is the aud of every application outside the gallery.
	Audience = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
	// AppID is the appid of the provisioning service.
	AppID = "00000014-0000-0000-c000-000000000000"
	// Life is how long a token is valid (inferred).
	Life = time.Hour
)

// Issuer signs tokens. It is safe for concurrent use.
type Issuer struct {
	signer   jose.Signer
	public   jose.JSONWebKey
	audience string
}

// New makes an issuer with a key; an empty audience is Audience.
func New(key *rsa.PrivateKey, audience string) (*Issuer, error) {
	public := jose.JSONWebKey{Key: &key.PublicKey, Algorithm: string(jose.RS256), Use: "sig"}
	hash, err := public.Thumbprint(crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("name the key: %w", err)
	}
	public.KeyID = base64.RawURLEncoding.EncodeToString(hash)
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: public.KeyID}},
		(&jose.SignerOptions{}).WithType("JWT"),
	)
	if err != nil {
		return nil, fmt.Errorf("sign with the key: %w", err)
	}
	if audience == "" {
		audience = Audience
	}
	return &Issuer{signer: signer, public: public, audience: audience}, nil
}

// Audience is the aud of its tokens.
func (i *Issuer) Audience() string { return i.audience }

// claims of a token, in the order in which they are written.
type claims struct {
	Audience string `json:"aud"`
	Issuer   string `json:"iss"`
	IssuedAt int64  `json:"iat"`
	NotYet   int64  `json:"nbf"`
	Expires  int64  `json:"exp"`
	AppID    string `json:"appid"`
	AppIDACR string `json:"appidacr,omitempty"`
	IDP      string `json:"idp,omitempty"`
	Object   string `json:"oid,omitempty"`
	Subject  string `json:"sub"`
	Tenant   string `json:"tid"`
	UTI      string `json:"uti"`
	Version  string `json:"ver"`
}

// Token signs a token that is valid from now on for Life.
func (i *Issuer) Token(now time.Time) (string, error) {
	return i.sign(now, Life, claims{Audience: i.audience, AppID: AppID, Subject: made("service principal"), Version: "1.0"})
}

// sign completes the claims and signs them.
func (i *Issuer) sign(now time.Time, life time.Duration, c claims) (string, error) {
	c.Issuer, c.Tenant = Name, made("tenant")
	c.IssuedAt = now.Unix()
	c.NotYet, c.Expires = c.IssuedAt, now.Add(life).Unix()
	hash := sha256.Sum256(fmt.Appendf(nil, "%v", c))
	c.UTI = base64.RawURLEncoding.EncodeToString(hash[:16])
	payload, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write the claims of a token: %w", err)
	}
	signed, err := i.signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed.CompactSerialize() //nolint:wrapcheck // it was signed a line above
}

// made is a made-up id, the same one in every token.
func made(what string) string { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(Name+"/"+what)).String() }
