package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"time"
)

// when says which requests are answered with hostility.
type when string

const (
	always when = ""
	writes when = "writes"
	lists  when = "lists"
	later  when = "after 20"
)

func (o when) covers(r *http.Request, number int64) bool {
	switch o {
	case writes:
		return r.Method != http.MethodGet
	case lists:
		return r.Method == http.MethodGet && (r.URL.RawQuery != "" || strings.HasSuffix(r.URL.Path, "s"))
	case later:
		return number > 20
	case always:
	}
	return true
}

// hostileKind is one way to misbehave (S5).
type hostileKind struct {
	name string
	on   when
	tls  bool
	// One of these: at the connection, instead of the answer, or to the answer of the target.
	accept func(*wire)
	answer func(*wire, *http.Request) bool
	spoil  func(*httptest.ResponseRecorder, *http.Request)
}

// hostileKinds are all kinds: each part once for every request, and those that cost time or
// memory also for some of the requests only.
func hostileKinds() []hostileKind {
	all := slices.Concat(transportKinds(), statusKinds(), headerKinds(), bodyKinds(), jsonKinds(), scimKinds())
	var costly []hostileKind
	for _, k := range all {
		switch k.name {
		case "hang", "body drips", "body never ends", "429", "429 Retry-After 1", "429 Retry-After 1e9", "1xx for ever", "80,000 header fields",
			"8 MB of keys", "400,000 members", "1 MB detail", "gzip bomb", "9 MB string", "500 with 9 MB", "reset", "5,000 resources", "307 to itself":
			for _, on := range []when{writes, lists, later} {
				k.on = on
				costly = append(costly, k)
			}
		}
	}
	return append(all, costly...)
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\n"

func transportKinds() []hostileKind {
	return []hostileKind{
		{name: "accepts and hangs", accept: func(w *wire) { w.hang() }},
		{name: "accepts and closes", accept: func(*wire) {}},
		{name: "accepts and resets", accept: func(w *wire) { w.reset() }},
		{name: "never reads", accept: func(w *wire) { <-w.done }},
		{name: "TLS hangs", tls: true, accept: func(w *wire) { w.hang() }},
		{name: "TLS garbage", tls: true, accept: func(w *wire) { w.flood("\x16\x03\x01\xff\xff") }},
		{name: "TLS plain HTTP", tls: true, accept: func(w *wire) { w.send(reply(200, "{}")) }},
		{name: "TLS unknown authority", tls: true, accept: handshake},
		{name: "hang", answer: func(w *wire, _ *http.Request) bool { return w.hang() }},
		{name: "close", answer: breaksOff("")},
		{name: "reset", answer: func(w *wire, _ *http.Request) bool { return w.reset() }},
		{name: "answers before it is asked", accept: func(w *wire) { w.flood(reply(200, "{}")) }},
		{name: "answers twice", answer: says(reply(200, "{}") + reply(200, "{}"))},
	}
}

func statusKinds() []hostileKind {
	kinds := []hostileKind{
		{name: "SSH", answer: stalls("SSH-2.0-OpenSSH_9.9\r\n")},
		{name: "HTTP/0.9", answer: breaksOff("{\"totalResults\":0}")},
		{name: "HTTP/2 preface", answer: stalls("\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00d")},
		{name: "HTTP/9.9", answer: says(strings.Replace(reply(200, "{}"), "1.1", "9.9", 1))},
		{name: "endless status line", answer: floods("HTTP/1.1 200 ", "x")},
		{name: "status 000", answer: says(reply(0, "{}"))},
		{name: "status 999", answer: says(reply(999, "{}"))},
		{name: "status -1", answer: says(reply(-1, "{}"))},
		{name: "1xx for ever", answer: floods("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")},
		{name: "1xx slowly", answer: func(w *wire, _ *http.Request) bool {
			for w.send("HTTP/1.1 102 Processing\r\n\r\n") {
				time.Sleep(200 * time.Millisecond)
			}
			return false
		}},
		{name: "101", answer: floods("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "x")},
		{name: "204 with body", answer: says(reply(204, "{}"))},
		{name: "205", answer: says(reply(205, ""))},
		{name: "304", answer: says(reply(304, ""))},
		{name: "307 to itself", answer: func(w *wire, r *http.Request) bool {
			return w.send(reply(307, "", "Location: "+r.RequestURI))
		}},
		{name: "301 to an endless chain", answer: func(w *wire, r *http.Request) bool {
			return w.send(reply(301, "", "Location: "+r.RequestURI+"/x"))
		}},
		{name: "429", answer: says(reply(429, "{}"))},
		{name: "429 Retry-After 1", answer: says(reply(429, "{}", "Retry-After: 1"))},
		{name: "429 Retry-After 1e9", answer: says(reply(429, "{}", "Retry-After: 1000000000"))},
		{name: "429 Retry-After -5", answer: says(reply(429, "{}", "Retry-After: -5"))},
		{name: "503 Retry-After 9999", answer: says(reply(503, "{}", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"))},
	}
	for _, status := range []int{400, 401, 402, 403, 404, 409, 412, 500, 501, 507} {
		kinds = append(kinds, hostileKind{name: fmt.Sprintf("status %d", status), answer: says(reply(status, "{}"))})
	}
	return kinds
}

func headerKinds() []hostileKind {
	var many strings.Builder
	for i := range 80_000 {
		fmt.Fprintf(&many, "a%d:\r\n", i)
	}
	return []hostileKind{
		{name: "80,000 header fields", answer: says(okHead + many.String() + "Content-Length: 2\r\n\r\n{}")},
		{name: "900 fields of 250 bytes", answer: says(okHead + strings.Repeat("X: "+strings.Repeat("y", 250)+"\r\n", 900) + "Content-Length: 2\r\n\r\n{}")},
		{name: "10 MB field", answer: says(okHead + "X: " + strings.Repeat("y", 10<<20) + "\r\nContent-Length: 2\r\n\r\n{}")},
		{name: "header never ends", answer: floods(okHead, "X: y\r\n")},
		{name: "header drips", answer: func(w *wire, _ *http.Request) bool {
			return w.drip(okHead+strings.Repeat("X: y\r\n", 100), time.Second)
		}},
		{name: "no colon", answer: says(okHead + "no colon\r\n\r\n")},
		{name: "control characters", answer: says(okHead + "X: \x00\x1b[2J\r\nContent-Length: 2\r\n\r\n{}")},
		{name: "two lengths", answer: says(okHead + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")},
		{name: "length -1", answer: says(okHead + "Content-Length: -1\r\n\r\n{}")},
		{name: "length 9e18", answer: stalls(okHead + "Content-Length: 9000000000000000000\r\n\r\n{}")},
		{name: "length too long", answer: stalls(okHead + "Content-Length: 3\r\n\r\n{}")},
		{name: "length too short", answer: says(okHead + "Content-Length: 1\r\n\r\n{}")},
		{name: "bad chunk", answer: stalls(okHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")},
		{name: "huge chunk", answer: floods(okHead+"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n", " ")},
		{name: "endless chunk extension", answer: floods(okHead+"Transfer-Encoding: chunked\r\n\r\n1;", "x")},
		{name: "chunks of one byte", answer: floods(okHead+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")},
		{name: "endless trailer", answer: floods(okHead+"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X: y\r\n")},
		{name: "gzip bomb", answer: says(packed(1 << 30))},
		{name: "gzip that is none", answer: says(okHead + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")},
		{name: "gzip cut off", answer: stalls(packed(1 << 20)[:900])},
		{name: "br", answer: says(okHead + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}")},
	}
}

// packed is a response that is size bytes after decompression.
func packed(size int64) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.CopyN(z, spaces{}, size)
	_ = z.Close()
	return okHead + fmt.Sprintf("Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", b.Len()) + b.String()
}

// spaces is an endless text of spaces.
type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func bodyKinds() []hostileKind {
	mega := strings.Repeat("x", 1<<20)
	return []hostileKind{
		{name: "body drips", answer: func(w *wire, _ *http.Request) bool {
			return w.send(okHead+"Content-Length: 1000\r\n\r\n") && w.drip(strings.Repeat(" ", 1000), time.Second)
		}},
		{name: "body never ends", answer: floods(okHead+"\r\n", " ")},
		{name: "JSON never ends", answer: floods(okHead+"\r\n{\"Resources\":[", `{"id":"1"},`)},
		{name: "body until close, never closed", answer: stalls(okHead + "\r\n{}")},
		{name: "empty body", answer: says(reply(200, ""))},
		{name: "HTML", answer: says(reply(200, "<!doctype html><title>x</title>"))},
		{name: "9 MB HTML", answer: says(reply(200, "<!doctype html>"+strings.Repeat("<p>[,", 9<<20/5)))},
		{name: "invalid UTF-8", answer: says(reply(200, "{\"id\":\"\xff\xfe\"}"))},
		{name: "BOM", answer: says(reply(200, "\ufeff{}"))},
		{name: "NUL bytes", answer: says(reply(200, strings.Repeat("\x00", 1<<20)))},
		{name: "1 MB detail", answer: says(reply(400, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","detail":"`+mega+`"}`))},
		{name: "500 with 9 MB", answer: says(reply(500, `{"detail":"`+strings.Repeat(mega, 9)+`"}`))},
	}
}

func jsonKinds() []hostileKind {
	body := func(name, text string) hostileKind { return hostileKind{name: name, answer: says(reply(200, text))} }
	return []hostileKind{
		body("a million arrays", strings.Repeat("[", 1e6)+strings.Repeat("]", 1e6)),
		body("a million objects", strings.Repeat(`{"a":`, 1e6)+"1"+strings.Repeat("}", 1e6)),
		body("60 levels of 400,000", strings.Repeat("[", 60)+strings.Repeat("0,", 400_000)+"0"+strings.Repeat("]", 60)),
		body("8 MB of keys", manyKeys(620_000)),
		body("400,000 members", manyKeys(400_000)),
		body("one key 400,000 times", `{"id":"1"`+strings.Repeat(`,"id":"1"`, 400_000)+"}"),
		body("9 MB string", `{"id":"`+strings.Repeat("x", 9<<20)+`"}`),
		body("9 MB of escapes", `{"id":"`+strings.Repeat(`\u0041`, 9<<20/6)+`"}`),
		body("9 MB key", `{"`+strings.Repeat("x", 9<<20)+`":1}`),
		body("9 MB number", `{"totalResults":`+strings.Repeat("9", 9<<20)+"}"),
		body("1e999999999", `{"totalResults":1e999999999}`),
		body("an array", "[]"), body("null", "null"), body("a string", `"x"`), body("two values", "{}{}"), body("not JSON", "{'a':1}"),
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	b.WriteString(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[],"id":"1"`)
	for i := range n {
		fmt.Fprintf(&b, ",\"k%d\":1", i)
	}
	return b.String() + "}"
}

func scimKinds() []hostileKind {
	list := func(name, text string) hostileKind {
		return hostileKind{name: name, on: lists, answer: says(reply(200, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],`+text+"}"))}
	}
	id := func(name, value string) hostileKind {
		return hostileKind{name: name, on: writes, answer: says(reply(201, `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":`+value+"}"))}
	}
	return []hostileKind{
		list("totalResults 9e18", `"totalResults":9000000000000000000,"itemsPerPage":1,"Resources":[{"id":"1"}]`),
		list("totalResults -1", `"totalResults":-1,"Resources":[]`),
		list("totalResults a string", `"totalResults":"many","Resources":[]`),
		list("pages for ever", `"totalResults":1000000000,"startIndex":1,"itemsPerPage":1,"Resources":[{"id":"1","userName":"a"}]`),
		list("5,000 resources", `"totalResults":5000,"Resources":[{"id":"1"}`+strings.Repeat(`,{"id":"7","userName":"somebody","name":{"givenName":"A"}}`, 5000)+"]"),
		list("resources no objects", `"totalResults":3,"Resources":[1,null,"x"]`),
		list("resources an object", `"totalResults":1,"Resources":{"id":"1"}`),
		list("everybody is the same", `"totalResults":1,"Resources":[{"id":"1","userName":"a","externalId":"a"}]`),
		id("id a number", "1"), id("id null", "null"), id("id empty", `""`), id("id an object", `{"id":{"id":"1"}}`),
		id("id 1 MB", `"`+strings.Repeat("x", 1<<20)+`"`), id("id ../..", `"../../Users"`), id("id ?#%", `"a?b#c%zz/\u0000\u001b[2J"`),
		id("id always 1", `"1"`),
		{name: "location elsewhere", on: writes, spoil: func(w *httptest.ResponseRecorder, _ *http.Request) {
			w.Header().Set("Location", "http://192.0.2.1/"+strings.Repeat("x", 1000))
		}},
		{name: "writes vanish", on: writes, answer: func(w *wire, r *http.Request) bool {
			if r.Method == http.MethodPost {
				return w.send(reply(201, `{"id":"`+strconv.FormatInt(w.server.seen.Load(), 10)+`"}`))
			}
			return w.send("HTTP/1.1 204 No Content\r\n\r\n")
		}},
	}
}
