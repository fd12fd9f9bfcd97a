package survey

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/fixtures/people"
)

// verified recognises a service that accepts mail addresses of some domains only, by its words.
// It would refuse every person of the run, so the run stops and says which flag to type.
func (q *questions) verified(ctx context.Context, r *Resource, a session.Response) *Stop {
	domain, words := q.People().Domain(), strings.ToLower(a.Detail())
	refused := a.Status >= 400 && a.Status < 500 && a.Status != http.StatusConflict && !missing(a.Status)
	if r.Name != "User" || !refused || !strings.Contains(words, "domain") && !strings.Contains(words, "@"+domain) {
		return nil
	}
	stop := &Stop{
		said(a) + ", so the target does not accept mail addresses of " + domain,
		"pass --mail-domain DOMAIN with a domain that the target accepts, such as one that was verified",
	}
	if q.People().UserName != people.Plain && q.plain(ctx, r) {
		stop.Fix += ", or --user-name plain if user names are not mail addresses"
	}
	return stop
}

// plain tries a user without a mail address.
func (q *questions) plain(ctx context.Context, r *Resource) bool {
	needed, _ := r.split()
	name := q.Name("plain")
	body := map[string]any{}
	for _, a := range needed {
		if !strings.HasPrefix(strings.ToLower(a.Path), "emails") {
			body = resource.With(body, a.Path, q.value(r, a, name))
		}
	}
	body["userName"], body["schemas"] = name, Schemas(r.Name, body)
	a, err := q.Make(ctx, "Users", "userName", body)
	return err == nil && created(a)
}
