package engine_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/simulator/engine"
)

// S9: spellings of one target are one address, and two targets are two.
func TestAddress(t *testing.T) {
	t.Parallel()
	for address, spellings := range map[string][]string{
		"https://scim.vendor.test/v2": {
			"https://scim.vendor.test/v2", "HTTPS://SCIM.Vendor.TEST/v2/", "https://scim.vendor.test.:443/v2//", "https://scim.vendor.test/v2?aadOptscim062020",
			"https://scim.vendor.test/v2?AadOptscim062020=&#top",
		},
		"https://scim.vendor.test:8443/v2":                           {"https://scim.vendor.test:8443/v2"},
		"https://scim.vendor.test/V2":                                {"https://scim.vendor.test/V2"},
		"http://scim.vendor.test/v2":                                 {"http://scim.vendor.test:80/v2"},
		"https://scim.vendor.test/v2?tenant=$SCIMDRILL_QUERY_TENANT": {"https://scim.vendor.test/v2/?aadOptscim062020&tenant=contoso"},
		"https://scim.vendor.test/v2?api_key=$SCIMDRILL_QUERY_API_KEY": {
			"https://scim.vendor.test/v2?api_key=c2VjcmV0LXNlY3JldA", "https://scim.vendor.test/v2?aadOptscim062020&api_key=$SCIMDRILL_QUERY_API_KEY",
		},
		"http://127.0.0.1:8080": {"http://127.0.0.1:8080", "http://127.0.0.1:8080/"},
		"http://127.0.0.1:8081": {"http://127.0.0.1:8081"},
		"http://localhost:8080": {"http://LOCALHOST:8080/"},
		"http://[::1]:8080":     {"http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080/"},
		"":                      {""},
	} {
		for _, text := range spellings {
			if got := engine.Address(text); got != address {
				t.Errorf("Address(%q) = %q, want %q", text, got, address)
			}
		}
	}
}
