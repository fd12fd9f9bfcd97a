package scimclient

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Request is a request of a client whose forms are not Entra's: the path under the tenant URL, and the
// query as it stands on the wire.
type Request struct {
	Method, Path, Query string
	Body                []byte
}

// Send makes one exchange and judges nothing of it. The error means that the run must end.
func (c *Client) Send(ctx context.Context, call Call, r Request) (*exchange.Exchange, error) {
	x, failure := c.exchange(ctx, call, request{method: r.Method, path: r.Path, query: r.Query, body: r.Body})
	if failure != nil {
		return nil, failure.Stop
	}
	if x.Failure == exchange.FailureCancelled {
		return nil, errCancelled
	}
	return x, nil
}

// maxExpanded is how much a compressed body may expand to, in bytes.
const maxExpanded = 64 << 20

// expand undoes the encoding of a body, where the client itself asked for one. What cannot be
// undone stays as it is.
func expand(x *exchange.Exchange) {
	if len(x.ResponseBody) == 0 || x.Truncated {
		return
	}
	var r io.Reader
	var err error
	switch strings.ToLower(x.ResponseHeader.Get("Content-Encoding")) {
	case "gzip":
		r, err = gzip.NewReader(bytes.NewReader(x.ResponseBody))
	case "deflate":
		r, err = zlib.NewReader(bytes.NewReader(x.ResponseBody))
	default:
		return
	}
	if err != nil {
		return
	}
	if body, err := io.ReadAll(io.LimitReader(r, maxExpanded)); err == nil {
		x.ResponseBody = body
	}
}
