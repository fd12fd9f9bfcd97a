package issuer

import (
	"encoding/json"
	"net/http"

	"github.com/go-jose/go-jose/v4"
)

// Where a verifier finds the configuration and the keys; the second path is Entra's.
const (
	ConfigurationPath = "/.well-known/openid-configuration"
	KeysPath          = "/discovery/keys"
)

// Keys are the public keys as a JSON Web Key Set.
func (i *Issuer) Keys() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{i.public}}
}

// Handler publishes the keys and an OpenID configuration that points to them. base is the
// address it is reached at, without a slash at its end.
func (i *Issuer) Handler(base string) http.Handler {
	mux := http.NewServeMux()
	answer := func(path string, body any) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Cache-Control", "max-age=3600")
			_ = json.NewEncoder(w).Encode(body) // the client went away
		})
	}
	answer(KeysPath, i.Keys())
	answer(ConfigurationPath, struct {
		Issuer     string   `json:"issuer"`
		Keys       string   `json:"jwks_uri"`
		Types      []string `json:"response_types_supported"`
		Subjects   []string `json:"subject_types_supported"`
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
	}{Name, base + KeysPath, []string{"token"}, []string{"public"}, []string{string(jose.RS256)}})
	return mux
}
