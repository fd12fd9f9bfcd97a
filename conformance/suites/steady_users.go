package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// usersSteady registers the checks of concurrent requests, later users and unusual values.
func (r *registry) usersSteady() {
	r.check("USR-034", func(ctx context.Context, p *probe) {
		const odd = "Head\u0001of Sales"
		p.keptOrRefused(ctx, "title", odd)
	})
	r.check("USR-035", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "gone")
		answers, err := p.Together(ctx, http.MethodDelete, path, make([]any, 4))
		if err != nil {
			p.stop(err)
		}
		done := 0
		for _, a := range answers {
			p.expect(a, match.Status(http.StatusNoContent, http.StatusNotFound))
			if a.Status == http.StatusNoContent {
				done++
			}
		}
		p.expect(done > 0, match.That("one of several concurrent DELETE requests returns 204", "all of them returned 404"))
		p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
	})
	r.check("USR-036", func(ctx context.Context, p *probe) {
		sent := p.person("order", nil)
		raw, err := json.Marshal(sent["userName"])
		p.expect(err == nil, match.That("userName can be encoded as JSON", "the encoding failed"))
		sent = map[string]any{"userName": sent["userName"], "externalId": sent["externalId"]}
		body := fmt.Sprintf(`{"userName":%s,"name":{"familyName":"Last"},"externalId":%s,"schemas":[%q]}`, raw, match.JSON(sent["externalId"]), coreUser)
		a := p.postRaw(ctx, "Users", "userName", sent, body)
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		got := p.read(ctx, "/Users/"+p.id(a))
		p.expect(got["externalId"], match.Is("externalId", sent["externalId"]))
		p.expect(inner(got, "name")["familyName"], match.Is("name.familyName", "Last"))
	})
	r.check("USR-037", func(ctx context.Context, p *probe) {
		p.plain(ctx, "oldest")
		path, _, sent := p.plain(ctx, "younger")
		again := p.person("again", map[string]any{"userName": sent["userName"]})
		p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
		p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the existing user", sent["externalId"]))
	})
	r.check("USR-038", func(ctx context.Context, p *probe) {
		var bodies []map[string]any
		for range 4 {
			one := p.person("race", nil)
			if len(bodies) > 0 {
				one["userName"] = bodies[0]["userName"]
			}
			bodies = append(bodies, one)
		}
		answers, err := p.MakeTogether(ctx, "Users", "userName", bodies)
		if err != nil {
			p.stop(err)
		}
		made := 0
		for _, a := range answers {
			p.because("no-users", a, match.Not(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
			if a.Status < 300 {
				made++
			}
		}
		p.expect(made == 1, match.That("exactly one of four concurrent creates with one userName succeeds", fmt.Sprintf("%d of four succeeded", made)))
	})
	r.check("USR-039", func(ctx context.Context, p *probe) {
		p.keptOrRefused(ctx, "title", strings.Repeat("Head of everything ", 11)[:200])
	})
	r.check("USR-040", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "before")
		p.change(ctx, path, op("replace", "userName", p.Name("after")+"@scimdrill.example"))
		next := p.person("next", map[string]any{"userName": sent["userName"]})
		p.expect(p.post(ctx, "Users", "userName", next), match.Status(http.StatusCreated, http.StatusOK))
	})
	r.check("USR-041", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "again")
		p.change(ctx, path, op("replace", "userName", sent["userName"]), op("replace", "title", "Countess"))
		p.expect(p.read(ctx, path)["title"], match.Is("title, changed in the same request,", "Countess"))
	})
	r.check("USR-042", func(ctx context.Context, p *probe) {
		shared := p.Name("family") + "@scimdrill.example"
		home := []any{map[string]any{"type": "home", "value": shared}}
		p.user(ctx, "first", map[string]any{"emails": home})
		a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": home}))
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	})
}

// keptOrRefused creates a user with an unusual string. The target must return it unchanged or
// reject the request with 400.
func (p *probe) keptOrRefused(ctx context.Context, attribute, text string) {
	a := p.post(ctx, "Users", "userName", p.person("text", map[string]any{attribute: text}))
	p.expect(a, match.Status(http.StatusCreated, http.StatusOK, http.StatusBadRequest))
	if a.Status != http.StatusBadRequest {
		p.expect(p.read(ctx, "/Users/"+p.id(a))[attribute], match.Is(attribute, text))
	}
}

// postRaw is post with a raw body. object describes its content.
func (p *probe) postRaw(ctx context.Context, collection, key string, object map[string]any, raw string) (a session.Response) {
	a, err := p.MakeRaw(ctx, collection, key, object, raw)
	if err != nil {
		p.stop(err)
	}
	return a
}
