package reach

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Tenancy marks what selects a tenant of the target and is no credential: parameters of the query,
// segments of the path, and headers. They may be secrets, so the mark is a hash with the id of the state
// as its key (S7). Credentials do not count, because they are renewed.
func Tenancy(id, tenantURL string, header http.Header) string {
	parts := exchange.NewAddress(tenantURL).Selects()
	slices.Sort(parts)
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if exchange.SelectingHeader(name) {
			parts = append(parts, name+": "+strings.Join(header[name], ", "))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	mac := hmac.New(sha256.New, []byte(id))
	_, _ = mac.Write([]byte(strings.Join(parts, "\x00"))) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
