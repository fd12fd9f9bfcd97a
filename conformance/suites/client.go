package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// client is another client than Entra, as far as all of its requests are alike.
type client struct {
	name string
	// header is sent with every request, and media is the Content-Type of a body.
	header [][2]string
	media  string
	// sees says what the administrator sees when a step fails. task is the beginning of the client's
	// own sentence, or "" if it is not known.
	sees func(task string, a session.Response) string
}

// wire is a check that writes its requests as a client does. What it asserts is read by requests of
// the check's own.
type wire struct {
	*probe
	client client
	// task is the beginning of the client's own sentence about a failed step. silent says what follows
	// from a step that is wrong although its response is a success.
	task, silent string
}

// as lets a check write its requests as a client does.
func (p *probe) as(c client) *wire {
	w := &wire{probe: p, client: c}
	w.step("", "")
	p.sees = func(a session.Response) string {
		switch {
		case a.Status == 0:
			return ""
		case a.Status < http.StatusMultipleChoices:
			return "; " + w.silent
		}
		return "; " + c.sees(w.task, a)
	}
	return w
}

// step begins a step that the client reports in its own words.
func (w *wire) step(task, silent string) {
	if w.task, w.silent = task, silent; silent == "" {
		w.silent = w.client.name + " shows no error: for " + w.client.name + ", the step is done"
	}
}

// heading is the header of a request.
func (w *wire) heading(body bool) http.Header {
	header := w.With("User-Agent", "")
	for _, h := range w.client.header {
		header[http.CanonicalHeaderKey(h[0])] = []string{h[1]}
	}
	if body {
		header.Set("Content-Type", w.client.media)
	}
	return header
}

// send sends a request as the client does.
func (w *wire) send(ctx context.Context, method, path string, body any) session.Response {
	a, err := w.Send(ctx, method, path, body, w.heading(body != nil))
	if err != nil {
		w.stop(err)
	}
	w.last = a
	switch b := body.(type) {
	case map[string]any:
		w.named, w.operation = namedIn(b), operationIn(b)
	case ordered:
		w.named = namedIn(b.object())
	}
	return a
}

// fetch sends a GET as the client does.
func (w *wire) fetch(ctx context.Context, path string) session.Response {
	return w.send(ctx, http.MethodGet, path, nil)
}

// change sends a PATCH as the client does.
func (w *wire) change(ctx context.Context, t *thing, operations ...map[string]any) session.Response {
	return w.send(ctx, http.MethodPatch, t.path(), patchOp(operations...))
}

// replace sends a PUT as the client does.
func (w *wire) replace(ctx context.Context, t *thing, body any) session.Response {
	return w.send(ctx, http.MethodPut, t.path(), body)
}

// create tries to create an object as the client does. The rules of the caller and what the target
// requires are added to the body, as an administrator would map them.
func (w *wire) create(ctx context.Context, collection string, body ordered) (session.Response, map[string]any) {
	key := keyOf(collection)
	body = body.filled(w.ruled(collection, key, body.object()))
	object := body.object()
	a, err := w.MakeForm(ctx, collection, key, object, body, w.heading(true))
	if err != nil {
		w.stop(err)
	}
	w.last, w.named, w.operation = a, namedIn(object), ""
	return a, object
}

// supports ends the check if the target says that it has no PATCH.
func (w *wire) supports(feature string) {
	if why := w.Lacks(feature); why != "" {
		w.finding.Lacks = feature
		w.skip("the target does not support " + feature + ": " + why)
	}
}

// escaped writes a filter in a query with %20 for blanks, as other clients than Entra do.
func escaped(filter string) string { return strings.ReplaceAll(url.QueryEscape(filter), "+", "%20") }

// reason is the status line of a response in words.
func reason(a session.Response) string {
	if text := http.StatusText(a.Status); text != "" {
		return text
	}
	return fmt.Sprintf("status %d", a.Status)
}
