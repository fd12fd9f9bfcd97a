package session

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/journal"
)

// Make journals an object and posts it. cleanup finds the object by the attribute key. The
// collection may end with a query, such as "Users?attributes=userName".
func (c *Case) Make(ctx context.Context, collection, key string, body map[string]any) (Response, error) {
	return c.post(ctx, collection, key, body, body, nil)
}

// MakeAs is Make with a header that replaces the session's.
func (c *Case) MakeAs(ctx context.Context, collection, key string, body map[string]any, header http.Header) (Response, error) {
	return c.post(ctx, collection, key, body, body, header)
}

// MakeRaw is Make with a raw body. object describes its content.
func (c *Case) MakeRaw(ctx context.Context, collection, key string, object map[string]any, raw string) (Response, error) {
	return c.post(ctx, collection, key, object, raw, nil)
}

// MakeForm is Make with a body in a form of its own and a header that replaces the session's. object
// describes the content of the body.
func (c *Case) MakeForm(ctx context.Context, collection, key string, object map[string]any, body any, header http.Header) (Response, error) {
	return c.post(ctx, collection, key, object, body, header)
}

func (c *Case) post(ctx context.Context, collection, key string, object map[string]any, body any, header http.Header) (Response, error) {
	path := "/" + collection
	collection, _, _ = strings.Cut(collection, "?")
	seq, err := c.intend(collection, key, object)
	if err != nil {
		return Response{}, err
	}
	a, err := c.Send(ctx, http.MethodPost, path, body, header)
	if err != nil {
		return a, err
	}
	return a, c.settle(collection, seq, a)
}

// MakeTogether journals several objects and posts them concurrently. The responses are in the
// order of the bodies.
func (c *Case) MakeTogether(ctx context.Context, collection, key string, bodies []map[string]any) ([]Response, error) {
	seqs, sent := make([]int64, len(bodies)), make([]any, len(bodies))
	for i, body := range bodies {
		var err error
		if seqs[i], err = c.intend(collection, key, body); err != nil {
			return nil, err
		}
		sent[i] = body
	}
	responses, failed := c.Together(ctx, http.MethodPost, "/"+collection, sent)
	for i, a := range responses {
		if a.Status == 0 {
			continue // an object without a response stays in the journal
		}
		if err := c.settle(collection, seqs[i], a); err != nil {
			failed = err
		}
	}
	return responses, failed
}

// intend journals an object before it is created.
func (c *Case) intend(collection, key string, body map[string]any) (seq int64, err error) {
	j := c.session.cfg.Journal
	if j == nil {
		return 0, nil
	}
	value, _ := body[key].(string)
	o := journal.Object{Collection: collection, Attribute: key, Value: value}
	if ext, ok := body["externalId"].(string); ok && key != "externalId" {
		o.AltAttribute, o.AltValue = "externalId", ext
	}
	return j.Intent(o)
}

// settle records and journals whether the object was created.
func (c *Case) settle(collection string, seq int64, a Response) error {
	id := a.ID()
	j := c.session.cfg.Journal
	switch {
	case a.Status >= 200 && a.Status < 300 && id != "":
		c.made = append(c.made, made{
			collection: collection, id: id, seq: seq, named: map[string]string{"externalId": a.Text("externalId"), "userName": a.Text("userName")},
		})
		c.session.owns(id)
		if j != nil {
			return j.Made(seq, id)
		}
	case a.Status >= 400 && a.Status < 500 && j != nil:
		return j.Gone(seq) // rejected, so the run created nothing
	}
	return nil
}

// Moved records the new id of an object, so that it can be removed.
func (c *Case) Moved(from, to string) {
	for i := range c.made {
		if c.made[i].id == from {
			c.made[i].id = to
			c.session.owns(to)
			if j := c.session.cfg.Journal; j != nil {
				_ = j.Made(c.made[i].seq, to) // cleanup then looks for the old id
			}
		}
	}
}
