package push

import (
	"encoding/json"
	"net/http"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Answer is what came back for a request.
type Answer struct {
	Status int // 0 if there is no usable response
	Header http.Header
	Body   []byte
	// Why says why there is no usable response, without addresses.
	Why string
	// Late is set if the response took longer than the time-out.
	Late bool
}

func answerOf(x *exchange.Exchange) Answer {
	if x.Failure == "" {
		return Answer{Status: x.Status, Header: x.ResponseHeader, Body: x.ResponseBody}
	}
	what, _ := x.Failure.Meaning()
	if x.Why != "" {
		what += ": " + x.Why
	}
	return Answer{Why: what, Late: x.Failure == exchange.FailureTimeout}
}

// OK reports a status 2xx.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// Object is the JSON object in the body.
func (a Answer) Object() (Object, error) { return ParseObject(a.Body) }

// Detail is the text of a SCIM error, "" if the body is none.
func (a Answer) Detail() string {
	o, err := a.Object()
	if err != nil {
		return ""
	}
	return o.Text("detail")
}

// List are the resources of a list, and its total. The member names are compared case-insensitively (O-14).
func (a Answer) List() (total int, resources []Object, err error) {
	o, err := a.Object()
	if err != nil {
		return 0, nil, err
	}
	if err := json.Unmarshal(o.Get("totalResults"), &total); err != nil {
		return 0, nil, errTotal
	}
	list := o.Get("Resources")
	if len(list) == 0 || string(list) == "null" {
		return total, nil, nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(list, &raw); err != nil {
		return total, nil, errResources
	}
	for _, text := range raw {
		one, err := ParseObject(text)
		if err != nil {
			return total, nil, errResources
		}
		resources = append(resources, one)
	}
	return total, resources, nil
}
