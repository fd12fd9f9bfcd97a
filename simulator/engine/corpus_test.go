package engine_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpusLine is a request that was quoted or described in public; fixtures/wire says where.
type corpusLine struct {
	Name, Mode, Evidence, Method, Path, Notes string
	Body                                      json.RawMessage
}

// notSent are the lines that the engine does not send, with the reason.
func notSent() map[string]string {
	return map[string]string{
		"match-user-invalid-doc-filter":      "W-11: a sample with an error; no request was seen like it",
		"match-user-externalid-unquoted-doc": "W-11: a sample with an error; no request was seen like it",
		"manager-reference-check":            "W-11: the sample lacks quotes; the query is sent with them (W-20)",
		"create-user-manager-string":         "W-38: a manager is written after its user; a POST with one was reported, not quoted",
		"create-user-null-sample-old-doc":    "W-37, W-C16: nulls are not sent; the sample has a malformed URN as well",
		"disable-user-doc-boolean":           "W-C1: a Boolean without the flag is in a sample only; captures have the string",
		"replace-work-phone-absent":          "W-51, W-C11: Add where the target has no value",
		"remove-email-with-value-sample":     "W-55, W-C6: no value of a user is ever removed",
		"optscim-emails-value-dotted":        "W-81: known from one workaround only",
		"group-add-member-ref-null":          "W-C10: $ref is left out; null is in samples only",
		"group-remove-member-ref-null":       "W-C10: $ref is left out; null is in samples only",
		"oauth-client-credentials":           "W-128: to the token endpoint; scimclient.TestOAuthRequests compares it",
		"oauth-wif-rfc7523":                  "W-130: to the token endpoint; scimclient.TestFederation compares it",
		"oauth-wif-rfc8693":                  "W-130: to the token endpoint; scimclient.TestFederation compares it",

		"manager-removed-not-read-back":        "A-56: nothing is sent for a manager that the target does not return; TestWireChoices holds it",
		"create-user-syncfabric-2026":          "names of fields only; no body was quoted",
		"create-custom-attribute-not-urn":      "A-63: a sentence of the log only; TestCreateOfAnyName holds it",
		"create-custom-urn-not-in-schemas":     "the refusal of a server only; no request was quoted",
		"group-membership-check-attributes-id": "W-21: one undated page; other sources have the query without attributes",
		"group-patch-line-litellm":             "the line of an access log only; no body was quoted",
		"onelogin-update-put":                  "another client: OneLogin",
		"onelogin-group-patch":                 "another client: OneLogin",
		"okta-put-group":                       "another client: Okta",
	}
}

// corpusRules are the rules that a line shows.
func corpusRules(name string) string {
	return map[string]string{
		"test-connection-username-guid":       "W-1 W-4 W-9 E-21",
		"test-connection-groups-probe":        "W-6 W-C4",
		"match-user-by-externalid-2018":       "W-13 W-11",
		"match-user-by-work-email":            "W-13 W-9",
		"match-group-by-displayname":          "W-14 W-10 W-C13",
		"get-group-by-id":                     "W-18",
		"group-membership-check":              "W-21",
		"match-user-flag-in-url":              "W-117 W-122",
		"create-user-doc-minimal":             "W-29 W-30 W-32 W-33 W-34 W-35 W-C1",
		"create-user-jackson-azure":           "W-117",
		"create-user-single-app-role":         "W-46 E-146",
		"create-user-approles-complex":        "W-47 E-147",
		"create-user-approles-assertive":      "W-48 E-148",
		"create-group-doc-adscim":             "W-43 W-C2",
		"disable-user-legacy":                 "W-58 E-215",
		"disable-user-lowercase-string":       "W-59",
		"enable-user-op-add":                  "W-51 W-52",
		"replace-work-email":                  "W-61",
		"multi-email-address-department":      "W-50 W-54 W-57 W-61",
		"add-and-replace-from-get-state":      "W-51 W-C11",
		"add-manager-string-uuid":             "W-63 W-C5",
		"add-manager-array-ref-doc":           "W-C5",
		"roles-complex-patch-two":             "W-66 E-147",
		"roles-assertive-patch":               "W-67 E-148",
		"replace-core-urn-custom-role":        "W-39",
		"doc-legacy-add-single-string":        "W-60",
		"doc-legacy-multi-replace":            "W-56 W-57",
		"optscim-names-pathless":              "W-77",
		"optscim-add-pathless":                "W-79",
		"optscim-emails-then-pathless":        "W-76",
		"optscim-emails-two-ops-active-false": "W-78",
		"optscim-disable":                     "W-75",
		"optscim-add-nickname":                "W-74 W-79",
		"optscim-replace-email-absent":        "W-C7",
		"group-add-member-value-only":         "W-69 W-C10 W-C15",
		"group-add-members-two":               "W-71",
		"group-remove-member-value":           "W-70",
		"optscim-group-remove-member-path":    "W-82",
		"optscim-group-replace-member-single": "W-84 W-C8",
		"optscim-group-add-member":            "W-83",
		"delete-user":                         "W-89",
		"group-add-member-gallery-sentry":     "W-69 W-71",
		"group-add-member-ref-null-2019":      "A-10 W-C10",
		"group-add-member-wso2":               "W-69",
		"group-add-externalid-existing":       "W-51",
		"create-user-single-role-value":       "W-46 E-146",
		"create-user-single-role-type":        "W-46 E-146",
		"ondemand-probe":                      "W-1",
		"extension-patch-primary-true":        "W-85",
		"restore-user-bytebase":               "W-52",
	}[name]
}

// TestCorpus brings the engine into the situation of every line and looks for the request
// among those that it sends: method, path and query byte for byte, body as JSON.
func TestCorpus(t *testing.T) {
	t.Parallel()
	left := notSent()
	for _, line := range corpus(t) {
		reason, out := left[line.Name]
		delete(left, line.Name)
		t.Run(strings.TrimSpace(line.Name+" "+corpusRules(line.Name)), func(t *testing.T) {
			t.Parallel()
			sent := stage(t, line).play()
			found := slices.ContainsFunc(sent, func(r sentRequest) bool { return cmp.Equal(line.shape(t), line.quoted(r.shape(t))) })
			switch {
			case found && out:
				t.Errorf("it is sent, and listed as not sent: %s", reason)
			case !found && !out:
				t.Errorf("not sent\nwant %v\nsent:\n%s", line.shape(t), list(t, sent, line.Method))
			}
		})
	}
	if len(left) > 0 {
		t.Errorf("not in the corpus: %v", slices.Sorted(maps.Keys(left)))
	}
}

// quoted keeps of a body what a line quotes, if that is a fragment.
func (l *corpusLine) quoted(s shape) shape {
	if body, ok := s.Body.(map[string]any); ok && strings.HasPrefix(l.Notes, "Fragment") {
		s.Body = map[string]any{"roles": body["roles"]}
	}
	return s
}

// corpus are the lines of both files: those of the documents and of early captures, and those
// that were found in the field later.
func corpus(t *testing.T) []corpusLine {
	t.Helper()
	var lines []corpusLine
	for _, name := range []string{"corpus.jsonl", "field.jsonl"} {
		text, err := os.ReadFile("../../fixtures/wire/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
			var line corpusLine
			if err := json.Unmarshal(s.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func list(t *testing.T, sent []sentRequest, method string) string {
	var b strings.Builder
	for _, r := range sent {
		if r.method == method {
			fmt.Fprintf(&b, "     %v\n", r.shape(t))
		}
	}
	return b.String()
}

// shape is what of a request is compared. Random values of the probe are masked, and hosts.
type shape struct {
	Method, URI string
	Body        any
}

var (
	guid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	host = regexp.MustCompile(`http://[^/]+/scim`)
)

func newShape(t *testing.T, method, uri string, body []byte) shape {
	s := shape{Method: method, URI: uri}
	if path, query, _ := strings.Cut(uri, "?"); strings.Contains(query, "eq+%22") && guid.MatchString(query) && !strings.Contains(query, "+and+") {
		s.URI = path + "?" + guid.ReplaceAllString(query, "GUID")
	}
	if len(body) > 0 {
		if err := json.Unmarshal(host.ReplaceAll(body, []byte("http://host/scim")), &s.Body); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (l corpusLine) shape(t *testing.T) shape { return newShape(t, l.Method, l.Path, l.Body) }
