package conformance_test

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

const defectsPage = "../docs/why/defects.md"

// TestDefectsPage holds docs/why/defects.md to what the code says; make defects writes it.
func TestDefectsPage(t *testing.T) {
	want := page(target.Catalog())
	if *update {
		if err := os.WriteFile(defectsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(defectsPage)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of date; make defects writes it", filepath.Base(defectsPage))
	}
}

// TestDefectsAreComplete holds each defect to what its reader needs.
func TestDefectsAreComplete(t *testing.T) {
	t.Parallel()
	const wanted = 140
	list := target.Catalog()
	if len(list) < wanted {
		t.Errorf("there are %d defects, want %d", len(list), wanted)
	}
	names := map[string]string{}
	for _, d := range list {
		for _, name := range append([]string{d.ID}, d.Aliases...) {
			if other, there := names[name]; there {
				t.Errorf("%s names both %s and %s", name, other, d.ID)
			}
			names[name] = d.ID
		}
		if d.Title == "" || d.Class == "" || !slices.Contains([]string{"S1", "S2", "S3", "S4"}, d.Severity) || strings.HasSuffix(d.Title, ".") {
			t.Errorf("%s: title %q, class %q, severity %q", d.ID, d.Title, d.Class, d.Severity)
		}
		if len(d.Sources) == 0 || len(d.Killers) == 0 {
			t.Errorf("%s: %d sources, %d killers", d.ID, len(d.Sources), len(d.Killers))
		}
		for _, s := range d.Sources {
			if u, err := url.Parse(s); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("%s: the source %q is no link", d.ID, s)
			}
		}
		for _, id := range d.Killers {
			if _, there := suites.Lookup(catalog.ID(id)); !there {
				t.Errorf("%s: there is no check %s", d.ID, id)
			}
		}
		if prefix, _, _ := strings.Cut(d.ID, "-"); slices.Contains([]string{"USR", "QRY", "ATT", "MEM", "HTP"}, prefix) {
			t.Errorf("%s: the letters are those of checks", d.ID)
		}
	}
}

func page(list []target.Defect) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# %d ways to break a SCIM endpoint

Each of these defects was seen in a real service, or breaks a requirement of an RFC that a service can break unnoticed.
The reference target can show each of them:

    scimdrill target --defect %s

The checks of `+"`scimdrill conform`"+` listed with a defect find it. They run against a target with that defect, and the golden
matrix in `+"`conformance/testdata`"+` records which checks find which defect. Every check finds at least one defect.

Severity S1 means lost data or access that should have ended. S2 stops provisioning, S3 is wrong but tolerable, and S4 is
untidy. The worst defects come first. `+"`make defects`"+` generates this page from the code.

- [All defects, the worst first](#all-defects-the-worst-first)
- [Defects without a switch](#defects-without-a-switch)
`, len(list), list[0].ID)
	classes := map[string][]target.Defect{}
	for _, d := range list {
		classes[d.Class] = append(classes[d.Class], d)
	}
	var names []string
	for class := range classes {
		names = append(names, class)
	}
	slices.Sort(names)
	for _, class := range names {
		fmt.Fprintf(&b, "- [%s](#%s): %d\n", heading(class), anchor(heading(class)), len(classes[class]))
	}
	b.WriteString("\n## All defects, the worst first\n\n| id | severity | defect | found by |\n|---|---|---|---|\n")
	for _, d := range list {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", d.ID, strings.ToLower(d.ID), d.Severity, d.Title, strings.Join(d.Killers, ", "))
	}
	for _, class := range names {
		fmt.Fprintf(&b, "\n## %s\n", heading(class))
		for _, d := range classes[class] {
			b.WriteString(entry(d))
		}
	}
	b.WriteString("\n## Defects without a switch\n\nThe collections contain more than a target can do wrong or a client can see.\n\n| id | observation | why " +
		"there is no switch |\n|---|---|---|\n")
	for _, n := range unswitched() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", n.ids, n.seen, n.why)
	}
	return b.String()
}

// unswitched lists the defects of the collections that the target does not have.
func unswitched() []struct{ ids, seen, why string } {
	return []struct{ ids, seen, why string }{
		{
			"AUT-01, AUT-06", "a secret expires without a warning; only one can be valid at a time",
			"no request shows it; `--oauth-life` and `target.Options.NextToken` simulate it",
		},
		{"AUT-02", "the service accepts only a name and a password", "a choice of the service: `scimdrill target --basic-user`"},
		{
			"AUT-03", "the token endpoint rejects the secret in the form that Entra sends",
			"that endpoint is not part of SCIM; `connect` reports why it got no token, and `--oauth-in-body` sends the other form",
		},
		{"D-85, D-86", "a write takes effect, but its response is lost", "it happens on the network: `--fault lost=0.02`, `--fault reset-after=0.02`"},
		{"D-87, RAT-02", "429 without Retry-After", "RFC 6585 section 4 makes the header optional; the event `status 429` of a scenario omits it"},
		{"D-89", "reads lag behind writes", "it happens on the network: `--fault stale=0.1:3`"},
		{"DEL-10", "sessions and keys outlive a user", "SCIM does not show them"},
		{"DEL-12", "the last administrator can be disabled", "a service may do what it is told"},
		{"FIL-07, UNI-01", "aliases and e-mail addresses are also sign-in names", "the meaning of a userName is up to the service"},
		{"GRC-02", "groups are not supported", "groups are optional; `conform` skips the checks that need them"},
		{"GRC-05", "two group names differ only in white space", "the names are different"},
		{"GRC-11", "a group is renamed in the application", "no client is involved"},
		{"LRG-03", "a PATCH of a group returns all its members", "200 is also correct: `--variant patch-group-200`"},
		{"MAD-04", "one invalid member causes the rejection of the whole list", "a PATCH takes effect completely or not at all, RFC 7644 section 3.5.2"},
		{"MRM-05", "a replace of members with one member leaves only that one", "replace is defined this way, RFC 7644 section 3.5.2.3"},
		{"MUL-06, MUL-07", "roles are JSON strings, or they accumulate", "the mapping sends them this way: E-147 and E-148 in behaviour.md"},
		{"PER-01, PER-02", "responses are slow", "slowness has no fixed limit: `--fault latency=1:2s`"},
		{"RAT-01, RAT-03, RAT-04", "a rate limit is too low", "a choice of the service: `--fault rate-limit=25/s`"},
	}
}

// TestUnswitched: what is said to be no switch is none.
func TestUnswitched(t *testing.T) {
	t.Parallel()
	for _, n := range unswitched() {
		for id := range strings.SplitSeq(n.ids, ", ") {
			for _, d := range target.Catalog() {
				if d.ID == id || slices.Contains(d.Aliases, id) {
					t.Errorf("%s is a switch", id)
				}
			}
		}
	}
}

func heading(class string) string { return strings.ToUpper(class[:1]) + class[1:] }

// anchor is what GitHub makes of a heading.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, strings.ToLower(heading))
}

// entry is one defect.
func entry(d target.Defect) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n<a id=%q></a>\n\n### %s: %s\n\n", strings.ToLower(d.ID), d.ID, d.Title)
	facts := []string{"Severity " + d.Severity}
	if len(d.Aliases) > 0 {
		facts = append(facts, "also "+strings.Join(d.Aliases, ", "))
	}
	fmt.Fprintf(&b, "%s.\n\n", strings.Join(facts, ", "))
	first, _ := suites.Lookup(catalog.ID(d.Killers[0]))
	fmt.Fprintf(&b, "- **Consequence:** %s\n- **Fix:** %s\n", first.Why, first.Fix)
	for _, id := range d.Killers {
		c, _ := suites.Lookup(catalog.ID(id))
		fmt.Fprintf(&b, "- **Found by** %s (%s, [%s](%s)): %s\n", c.ID, c.Level, c.Basis.Ref, c.Basis.URL, c.Title)
	}
	if d.Warns != "" {
		fmt.Fprintf(&b, "- **Warning only:** %s\n", d.Warns)
	}
	var seen []string
	for _, s := range d.Sources {
		seen = append(seen, fmt.Sprintf("[%s](%s)", source(s), s))
	}
	fmt.Fprintf(&b, "- **Sources:** %s\n", strings.Join(seen, ", "))
	return b.String()
}

// source is a short name of a link.
func source(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case u.Host == "github.com" && len(parts) >= 4 && (parts[2] == "issues" || parts[2] == "pull"):
		return fmt.Sprintf("%s/%s#%s", parts[0], parts[1], parts[3])
	case u.Host == "github.com" && len(parts) >= 2:
		return parts[0] + "/" + parts[1]
	case u.Host == "www.rfc-editor.org":
		return strings.ToUpper(strings.Replace(parts[len(parts)-1], "rfc", "RFC ", 1)) + strings.Replace(cmp.Or("#"+u.Fragment, ""), "#section-", " section ", 1)
	}
	return "Microsoft: " + parts[len(parts)-1]
}
