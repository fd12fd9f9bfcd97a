package reports

import (
	"fmt"

	"github.com/scimdrill/scimdrill/reports/severity"
)

// causeView is a cause with its checks, in the form that the page shows.
type causeView struct {
	Cause

	Anchor  string
	Outcome Outcome
	Effect  string
	Versus  versus
	Proof   *exchangeView
	Steps   []string // commands of a sequence
	Note    string   // about the steps
	Repeat  string
	Links   []causeLink
	More    []causeLink // checks beyond those that the card shows at once
	Walled  []causeLink // checks that the cause blocks
}

type causeLink struct {
	Key, Anchor string
	Title       string
	Outcome     Outcome
}

// maxLinks is the number of checks that a card shows at once.
const maxLinks = 12

// causeAnchor returns the element id of the cause at index i.
func causeAnchor(i int) string { return fmt.Sprintf("cause-%d", i+1) }

func causeViews(c *Conformance, target string) []causeView {
	byKey := map[string]Check{}
	for _, check := range c.Checks {
		byKey[check.Key()] = check
	}
	links := func(keys []string) []causeLink {
		var list []causeLink
		for _, key := range keys {
			if check, known := byKey[key]; known {
				list = append(list, causeLink{key, anchor(key), check.Title, check.Outcome})
			}
		}
		return list
	}
	var views []causeView
	for i, cause := range c.Causes {
		v := causeView{
			Cause: cause, Anchor: causeAnchor(i), Outcome: Warned, Effect: cause.effect(), Versus: compareTexts(cause.Expected, cause.Actual),
			Repeat: c.repeat(cause), Steps: c.steps(cause), Note: stepsNote, Links: links(cause.Checks), Walled: links(cause.Blocked),
		}
		for n, link := range v.Links {
			if n == 0 || link.Outcome.row().rank > v.Outcome.row().rank {
				v.Outcome = link.Outcome
			}
		}
		if len(v.Links) == 0 && c.Stopped != "" {
			v.Outcome = Errored
		}
		if n := len(v.Links); n > maxLinks {
			v.Links, v.More = v.Links[:maxLinks:maxLinks], v.Links[maxLinks:]
		}
		if x := cause.Evidence; x != nil {
			v.Proof = &exchangeView{Exchange: *x, Number: 1, Path: shortURL(x.URL, target), Tone: exchangeTone(*x), Open: i == 0}
		}
		views = append(views, v)
	}
	return views
}

// severityTone maps severities to the tones of the page.
func severityTone(s severity.Severity) string {
	switch {
	case s.Rank() >= severity.Loss.Rank():
		return "failed"
	case s.Rank() >= severity.Wrong.Rank():
		return "warned"
	default:
		return "skipped"
	}
}
