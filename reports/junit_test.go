package reports_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

type suites struct {
	XMLName                          xml.Name `xml:"testsuites"`
	Tests, Failures, Errors, Skipped int
	Suites                           []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Errors   int    `xml:"errors,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Class   string   `xml:"classname,attr"`
			Name    string   `xml:"name,attr"`
			Time    string   `xml:"time,attr"`
			Failure []result `xml:"failure"`
			Error   []result `xml:"error"`
			Skipped []result `xml:"skipped"`
			Out     string   `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

type result struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// The elements must be there and agree with the counts: what a build server reads.
func TestJUnitStructure(t *testing.T) {
	t.Parallel()
	var doc suites
	if err := xml.Unmarshal(write(t, "junit", fixture()), &doc); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	times := map[string]string{}
	for _, s := range doc.Suites {
		failures, errors, skipped := 0, 0, 0
		for _, c := range s.Cases {
			failures, errors, skipped = failures+len(c.Failure), errors+len(c.Error), skipped+len(c.Skipped)
			kind := "passed"
			switch {
			case len(c.Failure) == 1:
				kind = "failure " + c.Failure[0].Type
				if c.Failure[0].Message == "" || !strings.Contains(c.Failure[0].Text, "expected: ") {
					t.Errorf("%s: failure %+v says nothing", c.Name, c.Failure[0])
				}
			case len(c.Error) == 1:
				kind = "error"
			case len(c.Skipped) == 1:
				kind = "skipped " + c.Skipped[0].Message
			case c.Out != "":
				kind = "passed " + strings.SplitN(c.Out, ":", 2)[0]
			}
			id, _, _ := strings.Cut(c.Name, " ")
			if strings.HasPrefix(c.Class, "scimdrill.simulation") {
				id = c.Name
			}
			kinds[id], times[id] = kind, c.Time
		}
		if len(s.Cases) != s.Tests || failures != s.Failures || errors != s.Errors || skipped != s.Skipped {
			t.Errorf("suite %s: counts %+v do not agree with its cases", s.Name, s)
		}
	}
	for id, want := range map[string]string{
		"ATT-012[name.familyName|PATCH": "failure MUST", "FLT-004": "failure ENTRA", "GRP-007": "passed warning", "GRP-011": "error",
		"BLK-001": "skipped the target does not support bulk", "USR-001": "passed", "Every leaver is disabled": "failure expectation",
		"No escrows are left at the end": "failure expectation", "The job is not in quarantine at the end": "passed",
	} {
		if kinds[id] != want {
			t.Errorf("%s is %q, want %q", id, kinds[id], want)
		}
	}
	if times["USR-001"] != "0.012" {
		t.Errorf("time of USR-001 is %q", times["USR-001"])
	}
}

func TestJUnitTakesAnyText(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Conformance.Checks[0].Actual = "bell \x07, escape \x1b[31m, ]]> & <b>, \xff"
	var doc suites
	if err := xml.Unmarshal(write(t, "junit", r), &doc); err != nil {
		t.Fatal(err)
	}
	if message := doc.Suites[1].Cases[0].Failure[0].Message; !strings.Contains(message, "]]> & <b>") || strings.ContainsAny(message, "\x07\x1b") {
		t.Errorf("message = %q", message)
	}
}

func TestJUnitOfNothing(t *testing.T) {
	t.Parallel()
	var doc suites
	if err := xml.Unmarshal(write(t, "junit", &reports.Report{}), &doc); err != nil || len(doc.Suites) != 0 {
		t.Errorf("%+v, %v", doc, err)
	}
}
