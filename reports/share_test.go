package reports_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/alias"
)

// shareKey is the key of a shared report whose pseudonyms a test compares.
func shareKey() [32]byte { return sha256.Sum256([]byte("key of the tests")) }

// private is what must not be in a shared report, wherever it stood.
func private() []string {
	return []string{
		"scim.customer.com", "customer.com", "Zoë Müller", "zoe.mueller", "+49 30 901820", "Top Secret Project", "77c4e0aa-1111-4222-8333-123456789abc", "Kreuzberg",
		"Hal Second", "hal.second", "gerda.own", "Wonder Works",
	}
}

func privateFixture() *reports.Report {
	r := fixture()
	all := "https://scim.customer.com/scim Zoë Müller zoe.mueller@customer.com +49 30 901820 Top Secret Project 77c4e0aa-1111-4222-8333-123456789abc"
	body := `{"displayName":"Zoë Müller","addresses":"Kreuzberg","detail":"zoe.mueller is here"}`
	r.Target.URL, r.Target.Notes = "https://scim.customer.com/scim", []string{all}
	r.Run.Command = "scimdrill simulate --target https://scim.customer.com/scim --allow-host scim.customer.com " +
		"--tenant /home/gerda.own/tenant.jsonl --me gerda.own"
	r.Run.Options = append(r.Run.Options, reports.Option{Name: "tenant", Value: "/home/gerda.own/tenant.jsonl"},
		reports.Option{Name: "basic-user", Value: "gerda.own"})
	r.Run.Options = append(r.Run.Options, reports.Option{Name: "target", Value: all})
	s, j := r.Simulation, &r.Simulation.Jobs[0]
	s.Stopped, j.ID = all, "job 77c4e0aa-1111-4222-8333-123456789abc"
	quoted := &reports.Failure{Code: "Code", Why: "refused", Status: 400, Text: all, Body: body}
	j.Cycles[3].Events, j.Cycles[3].Failure = []string{all, "x Web Response: " + body}, quoted
	j.Cycles[4].Events = []string{"from an older report " + body}
	j.Quarantines[0].Error, j.Quarantines[0].Failure, j.Quarantines[0].Attempts[0].Result = "x Web Response: "+body, quoted, all
	j.Quarantines[0].Attempts = append(j.Quarantines[0].Attempts, reports.Attempt{Result: "x " + body, Failure: quoted})
	j.Quarantines = append(j.Quarantines, reports.Span{Error: "x " + body, Attempts: []reports.Attempt{{Result: "x " + body}}})
	s.Events[0].Title, s.Expectations[0].Title, s.Expectations[1].Actual = all, all, all
	j.Escrows[0].SourceName, j.Escrows[0].SourceID, j.Escrows[0].Error = "Zoë Müller", "zoe.mueller", all+" Web Response: "+body
	j.Escrows[0].Failure = quoted
	j.Escrows = append(j.Escrows, reports.Escrow{ObjectType: "Group", SourceName: "Top Secret Project", Error: all + body})
	s.Jobs = append(s.Jobs, reports.Job{
		Name: "second", Profile: "goto", ID: all, Status: "Active", EscrowsTotal: 1,
		Cycles:      []reports.Cycle{{Number: 1, Kind: reports.CycleInitial, State: reports.CycleSucceeded, Events: []string{all}}},
		Quarantines: []reports.Span{{Error: all}}, Escrows: []reports.Escrow{{ObjectType: "User", SourceName: "Zoë Müller", SourceID: "zoe.mueller", Error: all}},
		Entries: []reports.Entry{{ObjectType: "User", SourceName: "Hal Second", SourceID: "hal.second", Error: "Hal Second: " + all}},
	})
	j = &s.Jobs[0] // append moved it
	e := &j.Entries[1]
	e.SourceName, e.SourceID, e.TargetID, e.Error = "Zoë Müller", "zoe.mueller", "77c4e0aa-1111-4222-8333-123456789abc", all+" Web Response: "+body
	e.Failure = quoted
	e.Steps[0].Description, e.Steps[0].Details = all, map[string]string{"userName": "zoe.mueller", "city": "Kreuzberg"}
	e.Modified = []reports.Change{{Name: "city", Old: "Kreuzberg", New: "zoe.mueller"}, {Name: "active", Old: "True", New: "False"}}
	c := &r.Conformance.Checks[0]
	c.Expected, c.Actual, c.Difference, c.SkipReason, c.Repeat = all, all, all, all, all
	c.Exchanges = []reports.Exchange{
		{
			Method: "GET", URL: "https://scim.customer.com/scim/Users?filter=" + all, Failure: all, RequestBody: body, ResponseBody: body, Curl: "curl " + body,
			ResponseHeader: []reports.Header{{Name: "Www-Authenticate", Value: `Basic realm="Wonder Works"`}},
		},
	}
	r.Conformance.Features[0].Note = all
	return r
}

// Decisions 4: a shared report names no person and no host, in any format.
func TestShareLeaksNothing(t *testing.T) {
	t.Parallel()
	original := privateFixture()
	before := write(t, "json", original)
	for _, format := range []string{"json", "html", "markdown", "text", "junit", "sarif", "codequality", "badge"} {
		shared := string(write(t, format, original.Share(shareKey())))
		for _, secret := range private() {
			if i := strings.Index(strings.ToLower(shared), strings.ToLower(secret)); i >= 0 {
				t.Errorf("%s holds %q: …%s…", format, secret, shared[max(0, i-80):min(len(shared), i+80)])
			}
		}
		if format == "json" && !strings.Contains(string(before), "Zoë Müller") {
			t.Error("the fixture has nothing to leak")
		}
	}
	if !bytes.Equal(before, write(t, "json", original)) {
		t.Error("sharing changed the report itself")
	}
}

// A reader can still follow somebody, and what is no secret stays.
func TestShareKeepsWhatHelps(t *testing.T) {
	t.Parallel()
	r := privateFixture().Share(shareKey())
	s := r.Simulation.Jobs[0]
	if s.Entries[1].SourceName != s.Escrows[0].SourceName || !strings.HasPrefix(s.Entries[1].SourceName, "User-") {
		t.Errorf("one person has two names: %q, %q", s.Entries[1].SourceName, s.Escrows[0].SourceName)
	}
	if s.Entries[1].SourceID != s.Escrows[0].SourceID {
		t.Errorf("one id has two names: %q, %q", s.Entries[1].SourceID, s.Escrows[0].SourceID)
	}
	if q := s.Quarantines[0]; q.Failure.Code != "Code" || q.Failure.Body != q.Attempts[1].Failure.Body ||
		!strings.HasPrefix(q.Attempts[0].Result, "https://host-") {
		t.Errorf("quarantine = %+v", q)
	}
	if got := s.Entries[1].Modified[1]; got != (reports.Change{Name: "active", Old: "True", New: "False"}) {
		t.Errorf("modified = %+v", got)
	}
	if !bytes.Equal(write(t, "json", privateFixture().Share(shareKey())), write(t, "json", r)) {
		t.Error("pseudonyms are not stable")
	}
	if url := r.Conformance.Checks[0].References[0].URL; url != "https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.3" {
		t.Errorf("the requirement is linked to %q", url)
	}
	if got := fixture().Share(shareKey()).Target.URL; got != fixture().Target.URL {
		t.Errorf("loopback became %q", got)
	}
}

// F6: nobody can compute the pseudonyms of guessed names, and two shared reports of one run
// cannot be joined.
func TestShareNeedsItsKey(t *testing.T) {
	t.Parallel()
	unkeyed := func(name string) []string {
		h := fnv.New64a()
		_, _ = h.Write([]byte("scimdrill share\n" + name))
		guesses := []string{
			fmt.Sprintf("%08x", uint32(h.Sum64()>>32)), // until now
			fmt.Sprintf("%x", sha256.Sum256([]byte(name)))[:8],
		}
		for _, key := range []alias.Key{alias.Secret([32]byte{}), alias.Seed(""), alias.Seed("scimdrill share\n")} {
			_, word, _ := strings.Cut(alias.New(key).Tag("User", name), "-")
			guesses = append(guesses, word)
		}
		return guesses
	}
	tried := func(text, name string) string {
		for _, guess := range append(unkeyed(name), unkeyed(strings.ToLower(name))...) {
			if name != "" && strings.Contains(text, guess) {
				return guess
			}
		}
		return ""
	}
	original := privateFixture()
	first, second := original.Share([32]byte{1}), original.Share([32]byte{2})
	text := string(write(t, "json", first))
	names := private()
	for i, e := range original.Simulation.Jobs[0].Entries {
		names = append(names, e.SourceName, e.SourceID, e.TargetID)
		a, b := first.Simulation.Jobs[0].Entries[i], second.Simulation.Jobs[0].Entries[i]
		if e.SourceName != "" && a.SourceName == b.SourceName || e.SourceID != "" && a.SourceID == b.SourceID {
			t.Errorf("two keys make the same: %q %q", a.SourceName, a.SourceID)
		}
	}
	for _, name := range names {
		if guess := tried(text, name); guess != "" {
			t.Errorf("%q can be computed without the key: %s", name, guess)
		}
	}
	if tried(string(write(t, "json", original.Share([32]byte{}))), "Zoë Müller") == "" {
		t.Error("the dictionary does not find a name whose key is known, so this proves nothing")
	}
}

// All formats of one shared report name somebody alike, also if a name is part of a pseudonym.
func TestShareAgreesInAllFormats(t *testing.T) {
	t.Parallel()
	shared := privateFixture().Share(shareKey())
	_, word, _ := strings.Cut(shared.Simulation.Jobs[0].Escrows[0].SourceName, "-")
	for _, format := range []string{"json", "html", "markdown", "text"} {
		if !bytes.Contains(write(t, format, shared), []byte(word)) {
			t.Errorf("%s does not name %s", format, word)
		}
	}
	host := strings.TrimPrefix(shared.Target.URL, "https://host-")
	original := privateFixture()
	original.Simulation.Jobs[0].Entries[0].SourceName = host[2:6]
	if got := original.Share(shareKey()).Target.URL; got != shared.Target.URL {
		t.Errorf("a short name changes the host %s to %s", shared.Target.URL, got)
	}
}
