package reports

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// escrowGroup is what one error keeps from being done.
type escrowGroup struct {
	Error   errorText
	Count   int
	Objects []escrowObject
}

// escrowObject is an object with all its escrows of one error.
type escrowObject struct {
	Type, Name  string
	Count       int
	Since       time.Time
	Attempts    int
	NextAttempt time.Time
}

// escrowGroups groups escrows by their error, the most frequent first.
func escrowGroups(escrows []Escrow) []escrowGroup {
	var groups []escrowGroup
	index := map[string]int{}
	for _, e := range escrows {
		i, known := index[e.Error]
		if !known {
			i = len(groups)
			index[e.Error] = i
			groups = append(groups, escrowGroup{Error: explain(e.Error)})
		}
		groups[i].add(e)
	}
	slices.SortStableFunc(groups, func(a, b escrowGroup) int { return b.Count - a.Count })
	return groups
}

func (g *escrowGroup) add(e Escrow) {
	g.Count++
	o := escrowObject{e.ObjectType, e.SourceName, 1, e.Since, e.Attempts, e.NextAttempt}
	if o.Name == "" {
		o.Name = e.SourceID
	}
	for i := range g.Objects {
		have := &g.Objects[i]
		if have.Type != o.Type || have.Name != o.Name {
			continue
		}
		have.Count++
		have.Attempts = max(have.Attempts, o.Attempts)
		if o.Since.Before(have.Since) {
			have.Since = o.Since
		}
		if !o.NextAttempt.IsZero() && (have.NextAttempt.IsZero() || o.NextAttempt.Before(have.NextAttempt)) {
			have.NextAttempt = o.NextAttempt
		}
		return
	}
	g.Objects = append(g.Objects, o)
}

// errorText is an error of the log taken apart, so that its point can stand first.
type errorText struct {
	Code   string `json:"code,omitempty"`
	Text   string `json:"text,omitempty"`
	Detail string `json:"detail,omitempty"` // what the body says of itself
	Body   string `json:"body,omitempty"`
}

// explain splits "Code: sentence. Web Response: {…}". A text of another form stays whole.
func explain(text string) errorText {
	e := errorText{Text: strings.TrimSpace(text)}
	if code, rest, ok := strings.Cut(e.Text, ": "); ok && code != "" && !strings.ContainsAny(code, " \t\n{\"") && strings.ToUpper(code[:1]) == code[:1] && code != "StatusCode" {
		e.Code, e.Text = code, strings.TrimSpace(rest)
	}
	lead, body, ok := strings.Cut(e.Text, "Web Response:")
	body = strings.TrimSpace(body)
	if !ok || body == "" {
		return e
	}
	e.Text = strings.TrimSpace(lead)
	var b bytes.Buffer
	if json.Indent(&b, []byte(body), "", "  ") == nil {
		var said struct {
			Detail string `json:"detail"`
		}
		_ = json.Unmarshal([]byte(body), &said) // a body of another form says nothing
		e.Detail, body = said.Detail, b.String()
	}
	e.Body = body
	return e
}

// trouble is what the simulation has to complain about.
type trouble struct {
	Expectation

	Link, LinkText string
}

func troubles(s *Simulation) []trouble {
	var list []trouble
	for i, e := range s.judged() {
		if e.Outcome != Failed && e.Outcome != Errored {
			continue
		}
		t := trouble{Expectation: e, Link: "expectations", LinkText: "all expectations"}
		for k, job := range jobViews(s) {
			switch first := k * len(job.ending()); {
			case i == first+1 && len(job.Escrows) > 0:
				t.Link, t.LinkText = "escrows"+job.Suffix, "objects waiting for a retry"
			case i == first+2 && len(job.Quarantines) > 0:
				t.Link, t.LinkText = "quarantine"+job.Suffix, "the quarantine"
			}
		}
		list = append(list, t)
	}
	return list
}
