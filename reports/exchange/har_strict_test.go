package exchange_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// fields are the members of an object of HAR 1.2: the value says whether it has to be there.
type fields map[string]bool

// strict holds a HAR file against the specification, object by object. A member that the
// specification does not know has to begin with an underscore.
func strict(v any) error {
	var errs []error
	object := func(where string, v any, f fields) map[string]any {
		o, ok := v.(map[string]any)
		if !ok {
			errs = append(errs, fmt.Errorf("%s is no object", where))
			return nil
		}
		for name, required := range f {
			if _, there := o[name]; required && !there {
				errs = append(errs, fmt.Errorf("%s lacks %s", where, name))
			}
		}
		for name := range o {
			if _, known := f[name]; !known && name[0] != '_' {
				errs = append(errs, fmt.Errorf("%s has an unknown %s", where, name))
			}
		}
		return o
	}
	list := func(where string, v any, each func(where string, v any)) {
		l, ok := v.([]any)
		if !ok {
			errs = append(errs, fmt.Errorf("%s is no list", where))
		}
		for i, e := range l {
			each(fmt.Sprintf("%s[%d]", where, i), e)
		}
	}
	kind := func(where string, v any, want string) {
		if got := fmt.Sprintf("%T", v); got != want {
			errs = append(errs, fmt.Errorf("%s is %s, want %s", where, got, want))
		}
	}
	pairs := func(where string, v any) {
		list(where, v, func(where string, v any) {
			o := object(where, v, fields{"name": true, "value": true, "comment": false})
			kind(where+".name", o["name"], "string")
			kind(where+".value", o["value"], "string")
		})
	}
	message := func(where string, o map[string]any) {
		kind(where+".httpVersion", o["httpVersion"], "string")
		pairs(where+".headers", o["headers"])
		pairs(where+".cookies", o["cookies"])
		kind(where+".headersSize", o["headersSize"], "float64")
		kind(where+".bodySize", o["bodySize"], "float64")
	}
	root := object("file", v, fields{"log": true})
	log := object("log", root["log"], fields{"version": true, "creator": true, "browser": false, "pages": false, "entries": true, "comment": false})
	if log["version"] != "1.2" {
		errs = append(errs, errors.New("the version is not 1.2"))
	}
	object("creator", log["creator"], fields{"name": true, "version": true, "comment": false})
	list("entries", log["entries"], func(where string, v any) {
		e := object(where, v, fields{
			"pageref": false, "startedDateTime": true, "time": true, "request": true, "response": true, "cache": true, "timings": true,
			"serverIPAddress": false, "connection": false, "comment": false,
		})
		started, _ := e["startedDateTime"].(string)
		if _, err := time.Parse(time.RFC3339Nano, started); err != nil {
			errs = append(errs, err)
		}
		kind(where+".time", e["time"], "float64")
		object(where+".cache", e["cache"], fields{"beforeRequest": false, "afterRequest": false, "comment": false})
		timings := object(where+".timings", e["timings"], fields{
			"blocked": false, "dns": false, "connect": false, "send": true, "wait": true, "receive": true, "ssl": false, "comment": false,
		})
		for _, name := range []string{"send", "wait", "receive"} {
			if n, ok := timings[name].(float64); !ok || n < 0 {
				errs = append(errs, fmt.Errorf("%s.timings.%s is %v", where, name, timings[name]))
			}
		}
		req := object(where+".request", e["request"], fields{
			"method": true, "url": true, "httpVersion": true, "cookies": true, "headers": true, "queryString": true, "postData": false,
			"headersSize": true, "bodySize": true, "comment": false,
		})
		message(where+".request", req)
		pairs(where+".queryString", req["queryString"])
		if post, there := req["postData"]; there {
			object(where+".postData", post, fields{"mimeType": true, "params": false, "text": true, "encoding": false, "comment": false})
		}
		resp := object(where+".response", e["response"], fields{
			"status": true, "statusText": true, "httpVersion": true, "cookies": true, "headers": true, "content": true, "redirectURL": true,
			"headersSize": true, "bodySize": true, "comment": false,
		})
		message(where+".response", resp)
		kind(where+".status", resp["status"], "float64")
		kind(where+".redirectURL", resp["redirectURL"], "string")
		content := object(where+".content", resp["content"], fields{
			"size": true, "compression": false, "mimeType": true, "text": false, "encoding": false, "comment": false,
		})
		kind(where+".content.size", content["size"], "float64")
	})
	return errors.Join(errs...)
}

// TestHARStrict opens in a network panel: every kind of exchange holds to HAR 1.2.
func TestHARStrict(t *testing.T) {
	t.Parallel()
	h, path := create(t, 0)
	binary := sample("binary")
	binary.RequestBody, binary.ResponseBody = []byte{0xff, 0}, []byte{0xfe, 1}
	for _, e := range []*exchange.Exchange{
		sample("create"),
		{Method: "GET", URL: "http://127.0.0.1/Users", Failure: exchange.FailureRefused},
		{Method: "GET", URL: "http://127.0.0.1/%zz?&a&=b", Status: 302, ResponseHeader: http.Header{"location": {"/x"}}, Duration: 1, Wait: 2},
		{Method: "DELETE", URL: "http://127.0.0.1/Users/1", Status: 204, RequestHeader: http.Header{"User-Agent": {""}, "Cookie": {"a=b"}}},
		binary,
	} {
		if err := h.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if err := strict(v); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
	f := readHAR(t, path)
	if f.Log.Entries[2].Response.RedirectURL != "/x" {
		t.Errorf("redirectURL %q", f.Log.Entries[2].Response.RedirectURL)
	}
	for _, pair := range f.Log.Entries[3].Request.Headers {
		if pair.Name == "User-Agent" {
			t.Error("a User-Agent is shown that net/http does not send")
		}
	}
	// the strict reader is no rubber stamp
	for _, broken := range []string{"time", "cache", "timings", "request", "response", "startedDateTime"} {
		entry := v["log"].(map[string]any)["entries"].([]any)[0].(map[string]any)
		kept := entry[broken]
		delete(entry, broken)
		if strict(v) == nil {
			t.Errorf("without %s it is taken", broken)
		}
		entry[broken] = kept
	}
}
