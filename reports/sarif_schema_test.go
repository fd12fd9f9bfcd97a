package reports_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// sarifObject is an object of SARIF 2.1.0 (OASIS Standard, 27 March 2020, sections 3.13 to 3.47),
// as far as WriteSARIF uses it.
type sarifObject struct {
	required []string
	// members names each member and the object it holds, or one of the leaves string, integer,
	// boolean, uri, text and any. "[]" in front means a list, and "{}" an object with any names.
	members map[string]string
	// values are the permitted values of members.
	values map[string][]string
}

// sarifStandard returns the objects by name.
func sarifStandard() map[string]sarifObject {
	levels := []string{"none", "note", "warning", "error"}
	return map[string]sarifObject{
		"log": {[]string{"version", "runs"}, map[string]string{"$schema": "uri", "version": "string", "runs": "[]run"}, map[string][]string{"version": {"2.1.0"}}},
		"run": {[]string{"tool"}, map[string]string{
			"tool": "tool", "automationDetails": "automation", "invocations": "[]invocation", "results": "[]result", "columnKind": "string",
		}, nil},
		"automation": {nil, map[string]string{"id": "string", "guid": "string", "description": "message"}, nil},
		"tool":       {[]string{"driver"}, map[string]string{"driver": "component"}, nil},
		"component": {[]string{"name"}, map[string]string{
			"name": "string", "version": "string", "semanticVersion": "string", "informationUri": "uri", "rules": "[]rule",
		}, nil},
		"rule": {[]string{"id"}, map[string]string{
			"id": "string", "name": "string", "shortDescription": "text", "fullDescription": "text", "help": "text", "helpUri": "uri",
			"defaultConfiguration": "configuration", "properties": "properties",
		}, nil},
		"configuration": {nil, map[string]string{"level": "string", "enabled": "boolean"}, map[string][]string{"level": levels}},
		"invocation": {[]string{"executionSuccessful"}, map[string]string{
			"executionSuccessful": "boolean", "exitCode": "integer", "toolExecutionNotifications": "[]notification",
		}, nil},
		"notification": {[]string{"message"}, map[string]string{"level": "string", "message": "message"}, map[string][]string{"level": levels}},
		"message":      {nil, map[string]string{"text": "string", "markdown": "string", "id": "string"}, nil},
		"text":         {[]string{"text"}, map[string]string{"text": "string", "markdown": "string"}, nil},
		"result": {[]string{"message"}, map[string]string{
			"ruleId": "string", "ruleIndex": "integer", "level": "string", "message": "message", "locations": "[]location",
			"partialFingerprints": "{}string", "suppressions": "[]suppression", "webRequest": "request", "webResponse": "response", "properties": "properties",
		}, map[string][]string{"level": levels}},
		"location": {nil, map[string]string{"physicalLocation": "physical", "logicalLocations": "[]logical"}, nil},
		"physical": {[]string{"artifactLocation"}, map[string]string{"artifactLocation": "artifact", "region": "region"}, nil},
		"artifact": {nil, map[string]string{"uri": "uri", "uriBaseId": "string"}, nil},
		"region":   {nil, map[string]string{"startLine": "positive", "startColumn": "positive", "endLine": "positive"}, nil},
		"logical":  {nil, map[string]string{"name": "string", "fullyQualifiedName": "string", "kind": "string"}, nil},
		"suppression": {
			[]string{"kind"},
			map[string]string{"kind": "string", "status": "string", "justification": "string"},
			map[string][]string{"kind": {"inSource", "external"}, "status": {"accepted", "underReview", "rejected"}},
		},
		"request": {nil, map[string]string{
			"protocol": "string", "version": "string", "target": "string", "method": "string", "headers": "{}string", "body": "content",
		}, nil},
		"response": {nil, map[string]string{
			"protocol": "string", "version": "string", "statusCode": "integer", "reasonPhrase": "string", "headers": "{}string", "body": "content",
			"noResponseReceived": "boolean",
		}, nil},
		"content": {nil, map[string]string{"text": "string", "binary": "string"}, nil},
	}
}

// sarifFaults returns how a value breaks the standard.
func sarifFaults(where, kind string, v any) []string {
	bad := func(want string) []string { return []string{fmt.Sprintf("%s is %v, not %s", where, v, want)} }
	if inner, ok := strings.CutPrefix(kind, "[]"); ok {
		list, ok := v.([]any)
		if !ok {
			return bad("a list")
		}
		var out []string
		for i, e := range list {
			out = append(out, sarifFaults(fmt.Sprintf("%s[%d]", where, i), inner, e)...)
		}
		return out
	}
	object, isObject := v.(map[string]any)
	if inner, ok := strings.CutPrefix(kind, "{}"); ok && isObject {
		var out []string
		for name, e := range object {
			out = append(out, sarifFaults(where+"."+name, inner, e)...)
		}
		return out
	}
	s, isString := v.(string)
	n, isNumber := v.(float64)
	switch kind {
	case "string":
		if !isString {
			return bad("a string")
		}
	case "uri":
		if _, err := url.Parse(s); !isString || err != nil {
			return bad("a URI reference")
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return bad("a Boolean")
		}
	case "integer", "positive":
		if !isNumber || n != float64(int(n)) || kind == "positive" && n < 1 {
			return bad("a " + kind + " number")
		}
	case "properties":
		if tags, ok := object["tags"]; !isObject || ok && len(sarifFaults(where+".tags", "[]string", tags)) > 0 {
			return bad("a property bag")
		}
	default:
		if !isObject {
			return bad("an object " + kind)
		}
		return sarifMembers(where, sarifStandard()[kind], object)
	}
	return nil
}

func sarifMembers(where string, o sarifObject, object map[string]any) []string {
	var out []string
	for _, name := range o.required {
		if object[name] == nil {
			out = append(out, where+" lacks "+name)
		}
	}
	for name, v := range object {
		kind, known := o.members[name]
		if !known {
			out = append(out, where+" has "+name+", which the standard does not know there")
			continue
		}
		out = append(out, sarifFaults(where+"."+name, kind, v)...)
		if s, _ := v.(string); o.values[name] != nil && !slices.Contains(o.values[name], s) {
			out = append(out, fmt.Sprintf("%s.%s is %q", where, name, s))
		}
	}
	return out
}

// TestSARIFStandard holds every log to SARIF 2.1.0: a scanner that refuses one shows no finding.
func TestSARIFStandard(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*reports.Report{
		"findings": fixture(),
		"stopped":  {Conformance: &reports.Conformance{Stopped: "Nothing accepts connections."}},
		"none":     {Conformance: &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Passed}}}},
		"sparse":   {Conformance: &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Failed}}}},
	} {
		var log any
		if err := json.Unmarshal(write(t, "sarif", r), &log); err != nil {
			t.Fatal(err)
		}
		for _, fault := range sarifFaults("log", "log", log) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	broken := map[string]any{"version": "2.0.0", "runs": []any{map[string]any{"results": []any{map[string]any{"level": "bad", "kinds": 1.0}}}}}
	if faults := sarifFaults("log", "log", broken); len(faults) != 5 {
		t.Errorf("of five faults, the test sees %q", faults)
	}
}
