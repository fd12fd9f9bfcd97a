package conformance

import (
	"net/http"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// maxExchanges is the number of a check's last exchanges that the report contains.
const maxExchanges = 8

func (f *fold) exchanges(list []*exchange.Exchange) []reports.Exchange {
	redact := f.redactor()
	list = list[max(0, len(list)-maxExchanges):]
	out := make([]reports.Exchange, 0, len(list))
	for _, x := range list {
		token := "SCIMDRILL_TOKEN"
		if f.otherTenant(x) {
			token = "SCIMDRILL_SECOND_TOKEN"
		}
		x = redact.Exchange(x)
		out = append(out, reports.Exchange{
			Method: x.Method, URL: x.URL, Status: x.Status, Failure: string(x.Failure),
			RequestHeader: reports.Headers(sent(x.RequestHeader)), RequestBody: exchange.Shorten(string(x.RequestBody), maxText),
			ResponseHeader: reports.Headers(x.ResponseHeader), ResponseBody: exchange.Shorten(string(x.ResponseBody), maxText),
			Curl: exchange.Curl(x, token),
		})
	}
	return out
}

// sent returns a request header without an empty User-Agent, which means that none is sent.
func sent(h http.Header) http.Header {
	if h.Get("User-Agent") != "" {
		return h
	}
	h = h.Clone()
	h.Del("User-Agent")
	return h
}

// otherTenant reports whether a request used the token of another tenant.
func (f *fold) otherTenant(x *exchange.Exchange) bool {
	token := f.target.OtherTenant.Get("Authorization")
	return token != "" && x.RequestHeader.Get("Authorization") == token
}

// maxText is how much of a text or a body the report contains, in bytes.
const maxText = 4000
