package recording

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Sign is one thing that tells a dialect, and how often it was seen.
type Sign struct {
	Dialect string // legacy, optscim or customappsso
	Rule    string
	What    string
	Count   int
}

// colon counts paths with a colon before the attribute of an extension, as old jobs do not
// write them; no dialect alone has them.
const colon = "colon"

// Signs gathers what tells the dialect of a sender.
type Signs struct{ counts map[string]int }

// NewSigns has seen nothing.
func NewSigns() *Signs { return &Signs{map[string]int{}} }

// signs lists what is looked for.
func signs() []Sign {
	return []Sign{
		{Dialect: "legacy", Rule: "W-56", What: "operation names are capitalised"},
		{Dialect: "legacy", Rule: "W-58", What: `active is "True" or "False"`},
		{Dialect: "legacy", Rule: "W-70", What: "members are removed by a list of values"},
		{Dialect: "optscim", Rule: "W-74", What: "operation names are lower case"},
		{Dialect: "optscim", Rule: "W-75", What: "active is a JSON Boolean"},
		{Dialect: "optscim", Rule: "W-76", What: "an operation has no path"},
		{Dialect: "optscim", Rule: "W-82", What: "members are removed by a filtered path"},
		{Dialect: "optscim", Rule: "W-122", What: "URLs contain aadOptscim062020"},
		{Dialect: "customappsso", Rule: "W-54", What: "a dot precedes the attribute of an extension"},
		{Dialect: "customappsso", Rule: "W-20", What: "references are queried by id"},
	}
}

// See looks at one request.
func (s *Signs) See(r *Request) {
	if !r.SCIM() {
		return
	}
	query := strings.ToLower(r.Query)
	if strings.Contains(query, "aadoptscim062020") || strings.Contains(query, "azureadscimpatch062020") {
		s.counts["W-122"]++
	}
	if filter, _ := r.Param("filter"); strings.HasPrefix(strings.ToLower(filter), "id eq ") {
		s.counts["W-20"]++
	}
	for _, o := range r.Operations() {
		s.seeOperation(o)
	}
}

func (s *Signs) seeOperation(o Operation) {
	switch {
	case o.Op == "":
	case o.Op == strings.ToLower(o.Op):
		s.counts["W-74"]++
	default:
		s.counts["W-56"]++
	}
	if o.Path == "" {
		s.counts["W-76"]++
		var values map[string]json.RawMessage
		if json.Unmarshal(o.Value, &values) == nil {
			s.seeActive(values["active"])
		}
	}
	path := strings.ToLower(o.Path)
	switch {
	case path == "active":
		s.seeActive(o.Value)
	case strings.HasPrefix(path, "members["):
		s.counts["W-82"]++
	case path == "members" && strings.EqualFold(o.Op, "remove"):
		s.counts["W-70"]++
	case strings.HasPrefix(path, "urn:") && strings.Contains(path, ":user."):
		s.counts["W-54"]++
	case strings.HasPrefix(path, "urn:") && strings.Contains(path, ":user:"):
		s.counts[colon]++
	}
}

func (s *Signs) seeActive(raw json.RawMessage) {
	switch {
	case len(raw) == 0:
	case raw[0] == '"':
		s.counts["W-58"]++
	case raw[0] == 't' || raw[0] == 'f':
		s.counts["W-75"]++
	}
}

// Dialect is the one that the signs tell, and those signs; empty where there are none.
// Old jobs capitalise operations too, so their own signs count first; that references are asked
// for is none where paths or operations are not theirs. A flag in a URL
// is a sign of what was asked for, not of what was sent, and counts last.
func (s *Signs) Dialect() (name string, seen []Sign) {
	sums := map[string]int{}
	for _, sign := range signs() {
		if sign.Count = s.counts[sign.Rule]; sign.Count == 0 {
			continue
		}
		seen = append(seen, sign)
		if sign.Rule != "W-122" && (sign.Rule != "W-20" || s.counts[colon]+s.counts["W-74"] == 0) {
			sums[sign.Dialect] += sign.Count
		}
	}
	switch {
	case sums["customappsso"] > 0:
		name = "customappsso"
	case sums["legacy"] > sums["optscim"]:
		name = "legacy"
	case sums["optscim"] > 0:
		name = "optscim"
	case s.counts["W-122"] > 0:
		name = "optscim"
	}
	return name, seen
}

// String is the sign in a line.
func (s Sign) String() string {
	times := "once"
	if s.Count > 1 {
		times = fmt.Sprintf("%d times", s.Count)
	}
	return fmt.Sprintf("%s (%s, %s)", s.What, s.Rule, times)
}
