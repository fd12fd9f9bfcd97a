package cause

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// Cause is what is wrong with a target. Findings with the same Key share it.
type Cause struct {
	Key string
	// Title says what is wrong, and Fix tells the developer of the target what to change.
	Title, Fix string
	Severity   severity.Severity
}

// Of names the cause of a finding: f was seen by check, and label replaces the check's own label
// if the failure is about a step that prepares it.
func Of(f fact.Fact, check catalog.Check, label string) Cause {
	for _, recognise := range []func(fact.Fact) (Cause, bool){transport, crash, disguised, list, badError, ineffective, side} {
		if c, ok := recognise(f); ok {
			return c
		}
	}
	if label == catalog.OneAttribute {
		return unwritten(f)
	}
	if c, ok := foreign(f, cmp.Or(label, check.Cause)); ok {
		return c
	}
	return refused(f, check, deleted(f, labelled(cmp.Or(label, check.Cause))))
}

// refused adds to the cause that blocks others what its check saw: the request that is refused, and
// how.
func refused(f fact.Fact, check catalog.Check, c Cause) Cause {
	if catalog.Base(c.Key) == check.ID && f.Layer == fact.Status && f.Status >= 300 {
		c.Title += fmt.Sprintf(": %s returns status %d%s", request(f), f.Status, within(f.Words))
	}
	return c
}

// unwritten is a write that does not change one attribute as the same request changes others.
func unwritten(f fact.Fact) Cause {
	return Cause{
		Key: "attribute " + f.Method + " " + strings.ToLower(head(f.Attribute)), Severity: severity.Loss,
		Title: request(f) + " does not change " + head(f.Attribute) + " as sent",
		Fix:   "Handle the attribute like the others: for add, replace and remove, with a path and without one.",
	}
}

// labelled returns the cause of the catalogue with a key.
func labelled(key string) Cause {
	c, _ := catalog.LookupCause(key)
	return Cause{Key: key, Title: c.Title, Fix: c.Fix, Severity: c.Severity}
}

// transport recognises a request that got no response.
func transport(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Transport {
		return Cause{}, false
	}
	return Cause{
		Key: "no-response " + f.Method + " " + f.Route, Title: request(f) + " gets no response", Severity: severity.Stops,
		Fix: "Look into the log of the service at the time of the request. Return an HTTP status for every request.",
	}, true
}

// foreign recognises a target that takes no body of SCIM's own media type. That of type
// application/json has a label of its own.
func foreign(f fact.Fact, label string) (Cause, bool) {
	if f.Layer != fact.Status || f.Status != http.StatusUnsupportedMediaType || label == "request-media-type" {
		return Cause{}, false
	}
	return Cause{
		Key: "scim-media-type", Title: "bodies of type application/scim+json are rejected with status 415", Severity: severity.Blocks,
		Fix: "Accept application/scim+json (RFC 7644 section 3.1). Entra sends every body with this type.",
	}, true
}

// crash recognises a server error. The same request with the same words is the same cause.
func crash(f fact.Fact) (Cause, bool) {
	if f.Status < 500 || f.Status == 501 {
		return Cause{}, false
	}
	title := fmt.Sprintf("%s returns status %d", request(f), f.Status)
	if f.Words != "" {
		title += " (" + f.Words + ")"
	}
	return Cause{
		Key: fmt.Sprintf("server-error %s %s %s", f.Method, plainRoute(f.Route), f.Words), Title: title, Severity: severity.Stops,
		Fix: crashFix,
	}, true
}

const crashFix = "Look for the error in the log of the service. Entra repeats a request that returns 5xx in every cycle; return 400, 404 or 409 where the request is wrong."

// plainRoute leaves out the query, so that a broken collection is one cause.
func plainRoute(route string) string {
	route, _, _ = strings.Cut(route, "?")
	return route
}

// ineffective recognises a write of active that is reported as successful and changes nothing. It
// keeps leavers signed in.
func ineffective(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Value || !strings.EqualFold(f.Attribute, "active") {
		return Cause{}, false
	}
	return Cause{
		Key: "active-" + strings.ToLower(f.Method), Title: request(f) + " does not change active as sent", Severity: severity.Access,
		Fix: "Apply active like every other attribute, alone and beside others, as a Boolean and as the strings \"True\" and \"False\".",
	}, true
}

// side recognises a write that changes what it does not name.
func side(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Side {
		return Cause{}, false
	}
	attribute, worst := head(f.Attribute), severity.Loss
	switch strings.ToLower(attribute) {
	case "members", "active", "groups", "roles", "entitlements":
		worst = severity.Access
	}
	return Cause{
		Key: "side-effect " + f.Method + " " + plainRoute(f.Route) + " " + strings.ToLower(attribute), Severity: worst,
		Title: request(f) + " changes " + attribute + ", which it does not name",
		Fix:   "Change only what the request names. Load the whole resource before you write it back.",
	}, true
}

// head is the attribute without its sub-attribute.
func head(path string) string {
	if strings.HasPrefix(strings.ToLower(path), "urn:") {
		parts := strings.Split(path, ":")
		if n := len(parts); n > 3 && parts[n-2] != "" && strings.ContainsAny(parts[n-2][:1], "0123456789") {
			return "the " + parts[n-3] + " extension"
		}
		return path[strings.LastIndex(path, ":")+1:]
	}
	path, _, _ = strings.Cut(path, "[")
	path, _, _ = strings.Cut(path, ".")
	return path
}

func request(f fact.Fact) string {
	if f.Method == "" {
		return "a request"
	}
	return f.Method + " " + plainRoute(f.Route)
}
