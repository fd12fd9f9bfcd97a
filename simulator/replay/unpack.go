package replay

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// unpacked is the body of a response without the compression that was asked for.
func unpacked(r *http.Response) io.Reader {
	if r.ContentLength == 0 || !strings.EqualFold(r.Header.Get("Content-Encoding"), "gzip") {
		return r.Body
	}
	return &packed{from: r.Body}
}

// packed unpacks a body from its first Read on.
type packed struct {
	from io.Reader
	zip  *gzip.Reader
}

// Read unpacks.
func (p *packed) Read(b []byte) (int, error) {
	if p.zip == nil {
		var err error
		if p.zip, err = gzip.NewReader(p.from); err != nil {
			return 0, err // of a body without a byte, io.EOF
		}
	}
	return p.zip.Read(b)
}
