package reports

import (
	"cmp"
	"slices"
	"strings"
)

// checkView is a check in the form that the page shows.
type checkView struct {
	Check

	Anchor string
	Open   bool
	Lines  []diffLine
	Sent   []exchangeView
}

// exchangeView is an exchange with its path relative to the target.
type exchangeView struct {
	Exchange

	Number int
	Path   string
	Tone   string
	Open   bool
}

// checkViews sorts findings first, then skipped checks, then passed checks. The first finding is open.
func checkViews(checks []Check, target string) []checkView {
	sorted := slices.Clone(checks)
	slices.SortStableFunc(sorted, func(a, b Check) int { return cmp.Compare(b.Outcome.row().rank, a.Outcome.row().rank) })
	views := make([]checkView, len(sorted))
	for i, c := range sorted {
		v := checkView{Check: c, Anchor: anchor(c.Key()), Open: i == 0 && c.Outcome.Finding()}
		if c.Outcome.Finding() {
			v.Lines = differenceLines(c)
		}
		for n, e := range c.Exchanges {
			v.Sent = append(v.Sent, exchangeView{e, n + 1, shortURL(e.URL, target), exchangeTone(e), n == len(c.Exchanges)-1 && c.Outcome.Finding()})
		}
		views[i] = v
	}
	return views
}

// shortURL removes the base URL of the target, which the page shows once.
func shortURL(url, target string) string {
	base, _, _ := strings.Cut(target, "?")
	if path, ok := strings.CutPrefix(url, strings.TrimSuffix(base, "/")); ok && strings.HasPrefix(path, "/") {
		return path
	}
	return url
}

func exchangeTone(e Exchange) string {
	switch {
	case e.Status == 0:
		return "errored"
	case e.Status < 400:
		return "passed"
	case e.Status < 500:
		return "warned"
	default:
		return "failed"
	}
}

// causeView is a cause with its checks.
type causeView struct {
	Cause

	Outcome Outcome
	Links   []causeLink
}

type causeLink struct {
	Key, Anchor string
	Title       string
	Outcome     Outcome
}

func causeViews(c *Conformance) []causeView {
	byKey := map[string]Check{}
	for _, check := range c.Checks {
		byKey[check.Key()] = check
	}
	var views []causeView
	for _, cause := range c.Causes {
		v := causeView{Cause: cause, Outcome: Warned}
		for i, key := range cause.Checks {
			check, known := byKey[key]
			if !known {
				continue
			}
			if i == 0 || check.Outcome.row().rank > v.Outcome.row().rank {
				v.Outcome = check.Outcome
			}
			v.Links = append(v.Links, causeLink{key, anchor(key), check.Title, check.Outcome})
		}
		views = append(views, v)
	}
	return views
}

// distinct returns the distinct values of checks, sorted.
func distinct(checks []Check, value func(Check) string) []string {
	var all []string
	for _, c := range checks {
		if v := value(c); v != "" {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
