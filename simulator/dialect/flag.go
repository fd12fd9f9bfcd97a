package dialect

import "strings"

// Flagged reads the flags in the query of a tenant URL: the dialect that they ask for, and
// the query without them. The dialect is "" when there is none (W-117, W-120, W-121).
func Flagged(query string) (name, rest string) {
	var others []string
	for part := range strings.SplitSeq(query, "&") {
		key, _, _ := strings.Cut(part, "=")
		switch strings.ToLower(key) {
		case "":
		case "aadoptscim062020", "azureadscimpatch062020":
			name = "optscim"
		case "azureadscimpatch2017":
			name = "customappsso"
		default:
			others = append(others, part)
		}
	}
	return name, strings.Join(others, "&")
}
