package suites

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// script is a published list of requests and assertions, as it runs here: in its order, each request
// once. Every assertion is a subject of the check, so that one that fails does not end the list.
type script struct {
	*wire
	steps []scriptStep
	ctx   context.Context //nolint:containedctx // of the check, for what an assertion reads
	// saved are the values that steps leave for later ones.
	saved map[string]string
}

// scriptStep is one request with its assertions.
type scriptStep struct {
	name    string
	send    func(ctx context.Context, s *script) session.Response
	asserts []assertion
}

// assertion is one condition on a response, by the words of the list. why says what is wrong, or "".
type assertion struct {
	name string
	why  func(s *script, a session.Response) string
}

// subjects are the assertions in their order.
func subjects(steps []scriptStep) []string {
	var out []string
	for _, step := range steps {
		for _, a := range step.asserts {
			out = append(out, step.name+": "+a.name)
		}
	}
	return out
}

// play sends the requests, and judges each assertion.
func (s *script) play(ctx context.Context) {
	s.ctx = ctx
	for _, step := range s.steps {
		a := step.send(ctx, s)
		for _, assert := range step.asserts {
			s.each(step.name+": "+assert.name, func() {
				why := assert.why(s, a)
				s.last = a
				s.expect(why == "", match.That(assert.name, a.Request+" returned "+why))
			})
		}
	}
}

// atPath is the value at a path of the list, such as Resources[0].name.givenName.
func atPath(body any, path string) any {
	part := regexp.MustCompile(`^(\w+)(?:\[(\d+)\])?$`)
	for name := range strings.SplitSeq(path, ".") {
		m := part.FindStringSubmatch(name)
		object, _ := body.(map[string]any)
		if body = object[m[1]]; m[2] == "" {
			continue
		}
		list, _ := body.([]any)
		i, err := strconv.Atoi(m[2])
		if err != nil || i >= len(list) {
			return nil
		}
		body = list[i]
	}
	return body
}

// The assertions of Okta's lists. An empty value is none, "" or an empty list.

func status(code int) assertion {
	return assertion{"status is " + strconv.Itoa(code), func(_ *script, a session.Response) string {
		if a.Status == code {
			return ""
		}
		return fmt.Sprintf("status %d%s", a.Status, said(a))
	}}
}

func notEmpty(path string) assertion {
	return assertion{path + " is not empty", func(_ *script, a session.Response) string {
		switch v := atPath(a.Body, path).(type) {
		case nil:
			return "no " + path
		case string:
			if v == "" {
				return "an empty " + path
			}
		case []any:
			if len(v) == 0 {
				return "an empty " + path
			}
		}
		return ""
	}}
}

func isNumber(path string) assertion {
	return assertion{path + " is a number", func(_ *script, a session.Response) string {
		if _, ok := atPath(a.Body, path).(float64); ok {
			return ""
		}
		return path + " " + match.JSON(atPath(a.Body, path))
	}}
}

// equals compares with a value that an earlier step saved, or with a literal.
func equals(path string, want any, words string) assertion {
	return assertion{path + " equals " + words, func(s *script, a session.Response) string {
		due := want
		if name, saved := want.(savedAs); saved {
			due = s.saved[string(name)]
		}
		if got := atPath(a.Body, path); match.JSON(got) != match.JSON(due) {
			return path + " " + match.JSON(got)
		}
		return ""
	}}
}

// savedAs names a value that a step saved.
type savedAs string

func hasSchema(urn string) assertion {
	return assertion{"schemas has " + urn, func(_ *script, a session.Response) string {
		list, _ := a.Body["schemas"].([]any)
		for _, v := range list {
			if v == urn {
				return ""
			}
		}
		return "schemas " + match.JSON(a.Body["schemas"])
	}}
}

// ask sends a GET with a header of the script's own.
func (s *script) ask(ctx context.Context, path string, header http.Header) session.Response {
	a, err := s.Send(ctx, http.MethodGet, path, nil, header)
	if err != nil {
		s.stop(err)
	}
	s.last = a
	return a
}
