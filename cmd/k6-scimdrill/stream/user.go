package stream

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"go.k6.io/k6/lib"

	"github.com/scimdrill/scimdrill/simulator/replay"
)

// user is a virtual user during one iteration.
type user struct {
	*Stream

	ctx    context.Context
	state  *lib.State
	meters meters
}

// object sends the requests of object n. One whose id nobody gives is counted as unsent.
func (u *user) object(n int) error {
	o := u.objects[n]
	for i := range o.requests {
		p := &o.requests[i]
		values, ok, err := u.values(p, o.gives)
		if err != nil {
			return err
		}
		if !ok {
			u.count(u.meters.unsent, p.Operation)
			continue
		}
		if err := u.send(p, values); err != nil {
			return err
		}
	}
	return nil
}

// tries and pause say how long an id of another object is waited for: a minute.
const (
	tries = 120
	pause = 500 * time.Millisecond
)

// values are the ids that a request needs. What its own object was to give and did not is not searched for.
func (u *user) values(p *replay.Plain, own map[string]bool) ([]string, bool, error) {
	out := make([]string, len(p.Needs))
	for i, wanted := range p.Needs {
		id := u.id(wanted.Variable)
		for try := 0; id == "" && try < tries && !own[wanted.Variable]; try++ {
			var err error
			if id, err = u.look(wanted); err != nil {
				return nil, false, err
			}
			if id == "" {
				if err := u.sleep(pause); err != nil {
					return nil, false, err
				}
				id = u.id(wanted.Variable)
			}
		}
		if id == "" {
			return nil, false, nil
		}
		out[i] = id
	}
	return out, true, nil
}

// look searches for the object of an id by its name.
func (u *user) look(wanted replay.Wanted) (string, error) {
	u.count(u.meters.lookups, "")
	status, _, body, err := u.exchange(http.MethodGet, wanted.Search, "", nil, "GET (other object)")
	if err != nil || status != http.StatusOK {
		return "", err
	}
	id := body.only()
	if id != "" {
		u.keep(wanted.Variable, id)
	}
	return id, nil
}

// send sends one request, and keeps the ids of its response.
func (u *user) send(p *replay.Plain, values []string) error {
	status, location, body, err := u.exchange(p.Method, fill(p.Path, values, url.PathEscape), fill(p.Body, values, inJSON), p.Headers, p.Operation)
	if err != nil {
		return err
	}
	if p.Status > 0 && status != p.Status && (status >= 300 || p.Status >= 300) {
		u.count(u.meters.different, p.Operation)
	}
	if status < 200 || status > 299 {
		return nil
	}
	id := body.ID
	if p.Method != http.MethodPost {
		id = body.only()
	} else if id == "" {
		id = location
	}
	if id != "" {
		for _, name := range p.Gives {
			u.keep(name, id)
		}
	}
	return nil
}

// answer is what of a response carries ids.
type answer struct {
	ID        string                `json:"id"`
	Resources []struct{ ID string } `json:"Resources"`
}

// only is the id of the resource, or of the only one of a list.
func (a answer) only() string {
	if len(a.Resources) == 1 {
		return a.Resources[0].ID
	}
	return a.ID
}

// exchange sends a request and measures it. A target that does not respond gives status 0.
func (u *user) exchange(method, uri, text string, headers map[string]string, operation string) (status int, location string, body answer, err error) {
	if err := errors.Join(u.pace.Wait(u.ctx), u.limit()); err != nil {
		return 0, "", body, err
	}
	var reader io.Reader
	if text != "" {
		reader = strings.NewReader(text)
	}
	r, err := http.NewRequestWithContext(u.ctx, method, u.target+uri, reader)
	if err != nil {
		return 0, "", body, fmt.Errorf("%s %s: %w", method, uri, err)
	}
	r.Header.Set("Accept", "application/scim+json")
	if text != "" {
		r.Header.Set("Content-Type", "application/scim+json")
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	if u.token != "" {
		r.Header.Set("Authorization", "Bearer "+u.token)
	}
	begin := time.Now()
	res, err := u.state.Transport.RoundTrip(r)
	if err != nil {
		u.measured(method, operation, 0, begin, len(text), 0)
		return 0, "", body, u.ctx.Err()
	}
	raw, readErr := io.ReadAll(io.LimitReader(res.Body, largest))
	_ = res.Body.Close() // what was to be read is read
	status = res.StatusCode
	if readErr != nil {
		status = 0
	}
	u.measured(method, operation, status, begin, len(text), len(raw))
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		_ = json.Unmarshal(raw, &body) // a response of another form has no id
	}
	if at := res.Header.Get("Location"); at != "" {
		location = path.Base(strings.SplitN(at, "?", 2)[0])
	}
	return status, location, body, nil
}

// largest is how much of a response is read.
const largest = 8 << 20

// limit is the option rps of k6.
func (u *user) limit() error {
	if u.state.RPSLimit == nil {
		return nil
	}
	return u.state.RPSLimit.Wait(u.ctx)
}

func (u *user) sleep(d time.Duration) error {
	select {
	case <-u.ctx.Done():
		return u.ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// fill puts ids into the holes of a text.
func fill(t replay.Text, values []string, escape func(string) string) string {
	if len(t.Holes) == 0 {
		return t.Parts[0]
	}
	var b strings.Builder
	b.WriteString(t.Parts[0])
	for i, hole := range t.Holes {
		b.WriteString(escape(values[hole]))
		b.WriteString(t.Parts[i+1])
	}
	return b.String()
}

// inJSON escapes an id within a string of JSON.
func inJSON(id string) string {
	quoted := strconv.Quote(id)
	if text, err := json.Marshal(id); err == nil {
		quoted = string(text)
	}
	return quoted[1 : len(quoted)-1]
}
