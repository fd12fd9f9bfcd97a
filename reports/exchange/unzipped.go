package exchange

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"strings"
)

// unzipped returns the decompressed body, or the body unchanged if it cannot be decompressed.
func unzipped(body []byte, h http.Header, limit int64) []byte {
	var r io.Reader
	var err error
	switch strings.ToLower(h.Get("Content-Encoding")) {
	case "gzip":
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		r, err = zlib.NewReader(bytes.NewReader(body))
	default:
		return body
	}
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil && len(plain) == 0 {
		return body
	}
	return plain
}

// unpack decompresses a response whose encoding the request asked for by a header of its own. The
// transport unpacks only what it asked for itself.
func (s *Sender) unpack(e *Exchange, body []byte) []byte {
	if e.RequestHeader.Get("Accept-Encoding") == "" || e.Failure != "" {
		return body
	}
	plain := unzipped(body, e.ResponseHeader, s.limits.MaxBody+1)
	if int64(len(plain)) > s.limits.MaxBody {
		e.Failure, e.Truncated = FailureBodyTooLarge, true
		return bytes.Clone(plain[:min(len(plain)-1, keptOfTooLarge)])
	}
	return plain
}
