package replay

import (
	"cmp"
	"slices"
)

// Answered is a way in which responses of a kind differ from the recorded ones in what they have.
type Answered struct {
	Operation string
	// What is missing or of another kind, such as "emails[].type is missing".
	What    string
	Count   int64
	Example string
}

// Unbound are the requests with an id in the path that no response gave: it is sent as it was recorded.
type Unbound struct {
	Requests int64
	Examples []string // paths
}

// mostAnswers is how many kinds of differences are told apart.
const mostAnswers = 200

type answerKey struct{ operation, what string }

// answers notes how a response differs from the recorded one.
func (t *tally) answers(r *Request, list []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, what := range list {
		key := answerKey{r.Operation, what}
		a := t.answered[key]
		if a == nil {
			if len(t.answered) >= mostAnswers {
				continue
			}
			a = &Answered{Operation: r.Operation, What: what, Example: r.describe()}
			t.answered[key] = a
		}
		a.Count++
	}
}

// literal notes a request whose id is that of the recording. A recorded 404 asked for nothing that was there.
func (t *tally) literal(r *Request) {
	if !r.literal || r.Status == 404 || r.Status == 410 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unbound.Requests++
	path := "/" + r.collection + "/" + r.literalID()
	if len(t.unbound.Examples) < mostExamples && !slices.Contains(t.unbound.Examples, path) {
		t.unbound.Examples = append(t.unbound.Examples, path)
	}
}

// listed are the differences, the most frequent first.
func (t *tally) listed() []Answered {
	list := make([]Answered, 0, len(t.answered))
	for _, a := range t.answered {
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b Answered) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.What, b.What))
	})
	return list
}
