package session

import "github.com/scimdrill/scimdrill/reports/exchange"

// maxEvidence is how much of each body a check keeps, in bytes. Many checks are kept until the end
// of the run. maxHeaders is how many values of a response header it keeps.
const (
	maxEvidence = 16 << 10
	maxHeaders  = 64
)

// evidence is the part of an exchange that a finding may quote.
func evidence(x *exchange.Exchange) *exchange.Exchange {
	short := *exchange.Excerpt(x, maxEvidence)
	if len(short.ResponseHeader) > maxHeaders {
		short.ResponseHeader = nil
	}
	return &short
}
