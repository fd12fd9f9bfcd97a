package engine_test

import (
	"net/http"
	"slices"
	"strings"
)

// Codes as the log spells them.
const (
	incompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible"
	badRequest   = "SystemForCrossDomainIdentityManagementBadRequest"
	filtering    = "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering"
	several      = "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"
	unavailable  = "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable"
	invalid      = "SystemForCrossDomainIdentityManagementInvalidCredentials"
)

func hostilities() []hostility {
	return slices.Concat(hostileProbes(), hostileMatches(), hostileCreates(), hostileReads(), hostileWrites())
}

const noList = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`

func hostileProbes() []hostility {
	row := func(name string, answer http.HandlerFunc, code, log string) hostility {
		return hostility{name, "probe", answer, code, log, "Quarantine"}
	}
	return []hostility{
		row("E-250 W-98 404", status(404, `{"detail":"no such user"}`), incompatible, "must return 200 and an empty list"),
		row("E-250 W-7 401", status(401, ``), invalid, "StatusCode: Unauthorized"),
		row("E-250 403", status(403, ``), invalid, "StatusCode: Forbidden"),
		row("W-7 503", status(503, ``), unavailable, "StatusCode: ServiceUnavailable"),
		row("429", status(429, ``), unavailable, "StatusCode: TooManyRequests"),
		row("a sign-in page", header(200, "Content-Type", "text/html", `<!doctype html><title>Sign in</title>`), incompatible, "Sign in"),
		row("a redirect to a sign-in page", header(302, "Location", "https://login.example/", ``), incompatible, "Redirects are not followed"),
		row("W-132 no answer in time", silent, unavailable, "did not respond in time"),
		row("a closed connection", cut(""), unavailable, "the target closed the connection before its response was complete"),
		row("no HTTP", cut("220 mail.example ESMTP\r\n"), unavailable, "the response is not valid HTTP"),
	}
}

func hostileMatches() []hostility {
	const one = `{"totalResults":1,"Resources":[%]}`
	list := func(resources string) string { return strings.Replace(one, "%", resources, 1) }
	row := func(name string, answer http.HandlerFunc, code, log string) hostility {
		return hostility{name: name, to: "match", answer: answer, code: code, log: log}
	}
	return []hostility{
		row("A-37 400", status(400, `{"scimType":"invalidFilter"}`), badRequest, "invalidFilter"),
		row("A-37 401", status(401, ``), "Unauthorized", "StatusCode: Unauthorized"),
		row("A-37 403", status(403, ``), "InsufficientRights", "StatusCode: Forbidden"),
		row("A-37 405", status(405, ``), "MethodNotAllowed", "StatusCode: MethodNotAllowed"),
		row("A-37 422", status(422, ``), "UnprocessableEntity", "StatusCode: UnprocessableEntity"),
		row("A-21 429 with Retry-After", header(429, "Retry-After", "3600", ``), "TooManyRequests", "StatusCode: TooManyRequests"),
		row("A-37 500", status(500, `boom`), "InternalServerError", "boom"),
		row("A-37 501", status(501, ``), "NotImplemented", "StatusCode: NotImplemented"),
		row("A-37 502", status(502, `<html>Bad Gateway</html>`), "InternalServerError", "Bad Gateway"),
		row("A-21 503", status(503, ``), "InternalServerError", "StatusCode: ServiceUnavailable"),
		row("201", status(201, noList), incompatible, "This status is not valid for this request"),
		row("204", status(204, ``), incompatible, "StatusCode: NoContent"),
		row("301", header(301, "Location", "/elsewhere", ``), incompatible, "StatusCode: MovedPermanently"),
		row("an unknown status", status(299, noList), incompatible, "This status is not valid"),
		row("an empty body", status(200, ``), incompatible, "(empty)"),
		row("a page", status(200, `<html>`), incompatible, "<html>"),
		row("a list instead of an object", status(200, `[]`), incompatible, "it is not valid JSON"),
		row("JSON null", status(200, `null`), incompatible, "totalResults is missing"),
		row("half a body", status(200, `{"totalResults":0,"Res`), incompatible, `{"totalResults":0,"Res`),
		row("W-99 no totalResults", status(200, `{"Resources":[]}`), incompatible, "totalResults is missing"),
		row("W-99 totalResults as a string", status(200, `{"totalResults":"0"}`), incompatible, `"totalResults":"0"`),
		row("W-99 a total without resources", status(200, `{"totalResults":3,"Resources":[]}`), incompatible, "totalResults is 3 and Resources is empty"),
		row("Resources is an object", status(200, `{"totalResults":1,"Resources":{}}`), incompatible, `"Resources":{}`),
		row("a resource that is a string", status(200, list(`"id-victim"`)), incompatible, `"id-victim"`),
		row("W-100 no id", status(200, list(`{"userName":"victim"}`)), incompatible, "entry 0 of Resources has no id"),
		row("W-100 an id that is a number", status(200, list(`{"id":7}`)), incompatible, `{"id":7}`),
		row("W-100 an empty id", status(200, list(`{"id":""}`)), incompatible, `{"id":""}`),
		row("W-100 an id that is null", status(200, list(`{"id":null}`)), incompatible, `{"id":null}`),
		row("E-96 W-16 two accounts", status(200, `{"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}`), "DuplicateTargetEntries", "2 objects"),
		row("deep nesting", status(200, `{"totalResults":`+strings.Repeat(`[`, 20000)), incompatible, "nested more deeply than the limit"),
		row("a byte order mark", status(200, "\ufeff"+noList), incompatible, "it is not valid JSON"),
		row("a body above the limit", flooding, incompatible, "is larger than the limit"),
		row("W-132 a body without an end", dripping, "Timeout", "did not respond in time"),
		row("a body that breaks off", header(200, "Content-Length", "500", noList), "WebExceptionProtocolError",
			"the target closed the connection before its response was complete"),
		row("gzip that is none", header(200, "Content-Encoding", "gzip", noList), "WebExceptionProtocolError", "the response is not valid HTTP"),
		// Odd, and let pass: the words of the log differ from all others by being none.
		row("W-97 gzip, a missing media type, members in any case", header(200, "Content-Encoding", "gzip", zipped(`{"TOTALRESULTS":0}`)), "", ""),
	}
}

func hostileCreates() []hostility {
	row := func(name string, answer http.HandlerFunc, code, log string) hostility {
		return hostility{name: name, to: "create", answer: answer, code: code, log: log}
	}
	return []hostility{
		row("E-102 A-47 W-105 409", status(409, `{"scimType":"uniqueness"}`), filtering, "uniqueness"),
		row("404", status(404, ``), incompatible, "StatusCode: NotFound"),
		row("A-48 400 invalidValue", status(400, `{"scimType":"invalidValue"}`), incompatible, "invalidValue"),
		row("401", status(401, ``), "Unauthorized", "StatusCode: Unauthorized"),
		row("412", status(412, ``), incompatible, "StatusCode: PreconditionFailed"),
		row("413", status(413, ``), incompatible, "StatusCode: RequestEntityTooLarge"),
		row("415", status(415, ``), incompatible, "StatusCode: UnsupportedMediaType"),
		row("202", status(202, ``), incompatible, "StatusCode: Accepted"),
		row("A-30 204", status(204, ``), incompatible, "StatusCode: NoContent"),
		row("A-30 W-101 201 without a body", status(201, ``), incompatible, "not a JSON object"),
		row("A-30 W-100 201 without an id", status(201, `{"userName":"victim"}`), incompatible, "no id"),
		row("W-100 201 with a number as id", status(201, `{"id":1}`), incompatible, `{"id":1}`),
		row("201 with a list", status(201, `[{"id":"1"}]`), incompatible, `[{"id":"1"}]`),
		row("the connection ends after the effect", cut("HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"), "WebExceptionProtocolError",
			"the target closed the connection before its response was complete"),
		row("507", status(507, ``), "InternalServerError", "StatusCode: InsufficientStorage"),
	}
}

func hostileReads() []hostility {
	row := func(name string, answer http.HandlerFunc, code, log string) hostility {
		return hostility{name: name, to: "read", answer: answer, code: code, log: log}
	}
	return []hostility{
		row("E-103 A-17 W-104 404", status(404, ``), "InvalidAnchor", "StatusCode: NotFound"),
		row("410", status(410, ``), incompatible, "StatusCode: Gone"),
		row("E-325 several resources", status(200, `{"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}`), several, "several resources"),
		row("somebody else", status(200, `{"id":"id-bystander","userName":"bystander"}`), incompatible, "another resource"),
		row("no id", status(200, `{"userName":"victim"}`), incompatible, "no id"),
		row("500", status(500, ``), "InternalServerError", "StatusCode: InternalServerError"),
	}
}

func hostileWrites() []hostility {
	row := func(to, name string, answer http.HandlerFunc, code, log string) hostility {
		return hostility{name: name, to: to, answer: answer, code: code, log: log}
	}
	return []hostility{
		row("update", "W-107 400", status(400, `{"scimType":"invalidPath"}`), badRequest, "invalidPath"),
		row("update", "E-242 W-107 409", status(409, ``), filtering, "StatusCode: Conflict"),
		row("update", "E-103 404", status(404, ``), "InvalidAnchor", "StatusCode: NotFound"),
		row("update", "405", status(405, ``), "MethodNotAllowed", "StatusCode: MethodNotAllowed"),
		row("update", "W-102 a success with a body that is no JSON", status(200, `done`), "", ""),
		row("delete", "405", status(405, ``), "MethodNotAllowed", "StatusCode: MethodNotAllowed"),
		row("delete", "A-17 W-103 404 is success", status(404, ``), "", ""),
		row("delete", "500", status(500, ``), "InternalServerError", "StatusCode: InternalServerError"),
		row("member", "W-106 409", status(409, ``), filtering, "StatusCode: Conflict"),
		row("member", "400", status(400, `{"detail":"no such member"}`), badRequest, "no such member"),
		row("member", "404", status(404, ``), "InvalidAnchor", "StatusCode: NotFound"),
		row("member", "W-102 200 with a body", status(200, `{"id":"id-group"}`), "", ""),
	}
}
