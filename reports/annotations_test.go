package reports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

func TestAnnotations(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Simulation = nil
	got := reports.Annotations(r)
	want := `::error title=scimdrill%3A Data loss%3A PATCH with a filter in the path changes nothing::` +
		`A person who marries keeps the old name in your application.%0Aexpected: name.familyName is "Lovelace" after the PATCH%0A` +
		`actual: name.familyName is still "Byron"%0Afix: Apply a replace whose path names a sub-attribute to that sub-attribute.%0A` +
		`checks: ATT-012[name.familyName|PATCH replace], ATT-012[emails[type eq "work"].value|PATCH replace]`
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got) != 4 || !strings.HasPrefix(got[3], "::warning title=scimdrill%3A GRP-007") {
		t.Errorf("got %q", got)
	}
}

// A target that cannot be judged is an error even without a cause.
func TestAnnotationOfStopped(t *testing.T) {
	t.Parallel()
	got := reports.Annotations(&reports.Report{Conformance: &reports.Conformance{Stopped: "GET /Users answered 404."}})
	if diff := cmp.Diff([]string{"::error title=scimdrill%3A Could not be judged::GET /Users answered 404."}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Text from a target stays in its line and in its place, and GitHub shows ten of a kind.
func TestAnnotationsOfHostileTarget(t *testing.T) {
	t.Parallel()
	c := &reports.Conformance{}
	for i := range 30 {
		c.Checks = append(c.Checks, reports.Check{
			ID: fmt.Sprintf("USR-%03d", i), Title: "x,title=y::z 100%\r\n::set-output name=a::b", Outcome: reports.Failed, Actual: "1\n::stop-commands::x\r2",
		})
	}
	c.Causes = reports.GroupByCause(c.Checks, nil)
	lines := reports.Annotations(&reports.Report{Conformance: c})
	if len(lines) != 10 {
		t.Errorf("%d annotations", len(lines))
	}
	for _, line := range lines {
		property, _, _ := strings.Cut(strings.TrimPrefix(line, "::error title="), "::")
		if strings.ContainsAny(line, "\r\n") || strings.ContainsAny(property, ",:") || strings.Contains(line, "100%%") {
			t.Errorf("%q", line)
		}
	}
}
