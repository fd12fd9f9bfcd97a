package explain

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// logOf reads files of testdata as one log.
func logOf(t *testing.T, pattern string) *read.Log {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	var files []read.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, read.File{Name: path, Data: data})
	}
	log, err := read.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// TestSamples explains logs composed from published samples, in every form in which people save
// them: the cause is right, and what the entry alone says is there (G-36 to G-43).
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files, cause, name, why string
		note                    string
	}{
		{files: "graph-redundant.json", cause: NoChange, name: "grp"},
		{
			files: "portal-bad-request.json", cause: RefusedCreate, name: "Ada Lovelace",
			why: `HTTP 400; "emails must have exactly one primary" (invalidValue); repeated 5×, next try after 2025-06-04 04:11 UTC`,
		},
		{files: "eventhub-unassigned.json", cause: Unassigned, name: "Bob Byte", note: "AuditLogs is ignored"},
		{files: "loganalytics-conflict.json", cause: Conflict, name: "Eve Stone", why: `HTTP 409; "User already exists"`},
		{files: "attribute-validation.jsonl", cause: RequiredValue, name: "Lin", why: `the attribute is emails[type eq "work"].value`},
		{files: "prefixed-conflict.json", cause: Conflict, name: "Mo", why: "HTTP 409"},
		{files: "disable-refused.json", cause: RefusedDisable, name: "Leo Leaver", why: "active must be a boolean"},
		{files: "gateway-html.json", cause: Forbidden, name: "Kim", why: "an HTML page"},
		{files: "staged-delete.json", cause: Held, name: "Sam", note: "one page of several"},
		{files: "ondemand-filtered.json", cause: Filtered, name: "Max", why: "fails Sales only.department EQUALS 'Sales'"},
		{files: "duplicate-target.jsonl", cause: DuplicateTarget, name: "Dup"},
		{files: "several-roles.json", cause: SeveralRoles, name: "Ray"},
		{files: "left-out.json", cause: LeftOut, name: "Cleo", why: "the attribute is custom:country"},
		{files: "unknown-code.json", cause: Unknown, name: "Zoe", why: "FluxCapacitorDrained is unknown"},
	} {
		t.Run(c.files, func(t *testing.T) {
			t.Parallel()
			log := logOf(t, c.files)
			list := Log(log)
			if len(list) != 1 {
				t.Fatalf("%d entries", len(list))
			}
			x := &list[0]
			if x.Cause.Key != c.cause || x.Name() != c.name || !strings.Contains(x.Why, c.why) {
				t.Errorf("cause %q, name %q, why %q", x.Cause.Key, x.Name(), x.Why)
			}
			if !strings.Contains(strings.Join(log.Notes, "\n"), c.note) {
				t.Errorf("notes %q", log.Notes)
			}
		})
	}
}

// TestCSVDownload joins the three files of the portal's CSV download (G-42).
func TestCSVDownload(t *testing.T) {
	t.Parallel()
	list := Log(logOf(t, "csv/*.csv"))
	var got []string
	for i := range list {
		got = append(got, list[i].Name()+" "+list[i].Account()+" "+list[i].Cause.Key)
	}
	want := []string{"Gil Gone gil@contoso.example " + Gone, "Fay Filter fay@contoso.example " + Inactive}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if p := list[0].Entry.ModifiedProperties; len(p) != 1 || *p[0].NewValue != "False" {
		t.Errorf("%v", p)
	}
	bare := Log(logOf(t, "csv/ProvisioningLogs.csv"))
	if bare[1].Cause.Key != SkippedUntold {
		t.Errorf("without steps: %s", bare[1].Cause.Key)
	}
}

// TestTable holds the table of causes together: keys are unique, every code leads to a cause,
// and every cause that somebody can change says where.
func TestTable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range Causes() {
		if seen[c.Key] || c.What == "" || c.Why == "" {
			t.Errorf("%q: twice, or without words", c.Key)
		}
		seen[c.Key] = true
		if len(c.Rules) == 0 && c.Key != Unknown {
			t.Errorf("%s has no rule", c.Key)
		}
		for _, r := range c.Remedies {
			if r.Do == "" || !slices.Contains([]Place{Endpoint, Mapping, Entra}, r.Place) {
				t.Errorf("%s: %+v", c.Key, r)
			}
		}
	}
	for _, c := range codes() {
		if !seen[c[1]] {
			t.Errorf("%s leads to %q, which is no cause", c[0], c[1])
		}
	}
	for code, want := range map[string]string{
		"salesforceduplicateTARGETentries": DuplicateTarget, "Conflict": Conflict, "SlackInternalServerError": ServerError,
		"SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering": Filtering,
	} {
		if c, ok := LookupCode(code); !ok || c.Cause.Key != want {
			t.Errorf("%s: %v %v", code, c, ok)
		}
	}
	if _, ok := LookupCode("Nonsense"); ok {
		t.Error("an unknown code was found")
	}
}
