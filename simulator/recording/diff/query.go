package diff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func number(n int) string { return strconv.Itoa(n) }

// param is a parameter of a query, as it stands there.
type param struct{ name, raw string }

func (p param) value() string {
	if plain, err := url.QueryUnescape(p.raw); err == nil {
		return plain
	}
	return p.raw
}

// isFlag reports whether a parameter is a flag of the tenant URL (W-117 to W-121).
func isFlag(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "aadoptscim") || strings.HasPrefix(name, "azureadscimpatch")
}

// params are those of a query without flags, and the flags.
func params(query string) (list []param, flags []string) {
	for part := range strings.SplitSeq(query, "&") {
		name, raw, _ := strings.Cut(part, "=")
		switch {
		case part == "":
		case isFlag(name):
			flags = append(flags, name)
		default:
			list = append(list, param{name, raw})
		}
	}
	return list, flags
}

// compareQuery compares two queries but for their flags.
func (c *comparison) compareQuery(a, b *shot, where string) {
	run, _ := params(a.query)
	rec, _ := params(b.query)
	if slices.Equal(run, rec) {
		return
	}
	differ := func(rule, title string) {
		c.findings.add(finding{rule: rule, title: title}, where, a.line(), b.line())
	}
	names := func(list []param) (all []string) {
		for _, p := range list {
			all = append(all, p.name)
		}
		return all
	}
	one, other := names(run), names(rec)
	if !slices.Equal(slices.Sorted(slices.Values(one)), slices.Sorted(slices.Values(other))) {
		differ(parameterRule(a, one, other))
	} else if !slices.Equal(one, other) {
		differ("W-10", "the order of parameters in a query")
	}
	for _, p := range run {
		i := slices.Index(other, p.name)
		if i < 0 || p.raw == rec[i].raw {
			continue
		}
		switch {
		case p.value() == rec[i].value():
			differ("W-9", "the encoding of a query")
		case p.name == "filter" && groupMatch(a, b) != "":
			c.findings.add(finding{rule: "W-14", title: "the matching attribute of groups", option: groupMatch(a, b)}, where, a.line(), b.line())
		case p.name == "filter" && !strings.Contains(rec[i].raw+p.raw, "REDACTED"):
			differ("W-13", "the filter of a query")
		case p.name != "filter":
			differ(parameterRule(a, one, nil))
		}
	}
}

// parameterRule is the rule about the parameters of a read or a query.
func parameterRule(a *shot, one, other []string) (rule, title string) {
	paging := func(names []string) bool {
		return slices.Contains(names, "startIndex") || slices.Contains(names, "count")
	}
	switch {
	case paging(one) != paging(other) && other != nil:
		return "W-15", "paging parameters"
	case a.ID != "":
		return "W-18", "the parameters of a read by id"
	case a.Collection == "Groups":
		return "W-14", "the parameters of a query for groups"
	default:
		return "W-13", "the parameters of a query for users"
	}
}

// compareFlags compares whether flags of the tenant URL stand in the URLs of requests (W-122).
func (c *comparison) compareFlags() {
	run, rec := c.run.flagged(), c.rec.flagged()
	if (run == nil) == (rec == nil) {
		return
	}
	f := finding{rule: "W-122", title: "the flag of the tenant URL in the URLs of requests", option: "--set flagInURL=" + yes(rec != nil)}
	if rec != nil {
		if c.dialectOption() != "" {
			f.option = c.dialectOption()
		}
		c.findings.add(f, "all requests", c.run.like(rec), rec.line())
	} else {
		if c.dialectOption() != "" {
			f.option = c.dialectOption()
		}
		c.findings.add(f, "all requests", run.line(), c.rec.like(run))
	}
}

// flagged is the first request with a flag in its URL.
func (s *side) flagged() *shot {
	for _, x := range s.shots {
		if _, flags := params(x.query); len(flags) > 0 {
			return x
		}
	}
	return nil
}

// like is the request line of the first request of the same kind, to quote beside another.
func (s *side) like(x *shot) string {
	if y := s.first(x.kind, x.Collection); y != nil {
		return y.line()
	}
	return ""
}

// groupMatch makes our engine match groups by the attribute that the recording asks for; it
// is empty where the attribute is the same (W-C13).
func groupMatch(a, b *shot) string {
	one, _, _ := a.Filtered()
	other, _, ok := b.Filtered()
	if a.Collection != "Groups" || !ok || one == other || other != "displayName" && other != "externalId" {
		return ""
	}
	return "--set groupMatch=" + other
}
