package cause

import (
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// badError recognises a right refusal whose body is not a SCIM error. What the check asks for is
// met; only its form is wrong.
func badError(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Envelope || f.Status < 400 {
		return Cause{}, false
	}
	if f.Attribute == "scimType" {
		return Cause{
			Key: "scim-type", Title: "errors have no scimType, or the wrong one", Severity: severity.Untidy,
			Fix: "Set scimType to the keyword of RFC 7644 table 9 that belongs to the error, such as uniqueness for 409.",
		}, true
	}
	return labelled("error-format"), true
}

// deleted adds to the cause of a DELETE that works and has another status of success than 204 which
// one it has. A DELETE that had to fail has the cause of its check.
func deleted(f fact.Fact, c Cause) Cause {
	if c.Key == "delete-status" && f.Layer == fact.Status && f.Status >= 200 && f.Status < 300 {
		c.Title = fmt.Sprintf("DELETE returns status %d instead of 204", f.Status)
	}
	return c
}

// disguised recognises an error that is returned with a status of success.
func disguised(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Envelope || f.Status < 200 || f.Status >= 300 || f.Attribute != "status" {
		return Cause{}, false
	}
	return Cause{
		Key: "errors-as-success", Title: fmt.Sprintf("errors are returned with status %d", f.Status), Severity: severity.Blocks,
		Fix: "Set the HTTP status of the response to the status in the error.",
	}, true
}

// list recognises a list response with a member that is missing or wrong.
func list(f fact.Fact) (Cause, bool) {
	if f.Layer != fact.Envelope || f.Status != http.StatusOK || f.Attribute == "" {
		return Cause{}, false
	}
	c := labelled("envelope")
	switch f.Kind {
	case fact.Absent:
		c.Title = "list responses have no " + f.Attribute
	case fact.OtherForm:
		c.Title = f.Attribute + " of list responses has the wrong type"
	case fact.OtherCase:
		c.Title = "list responses write " + f.Attribute + " in the wrong letter case"
	default:
		c.Title = f.Attribute + " of list responses is wrong"
	}
	return c, true
}
