package engine_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// raw is a line of the log as JSON, ids of the run masked. A GUID in lower case is the only form an id may have.
func (s *story) raw(line int) map[string]any {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.cfg.Out, "provisioning-log.jsonl"))
	if err != nil {
		s.t.Fatal(err)
	}
	masked := strings.Split(string(text), "\n")[line]
	for id, name := range s.server.names {
		masked = strings.ReplaceAll(masked, id, "target-id-of-"+name)
	}
	masked = regexp.MustCompile(`"scim\.[0-9a-f]{32}\.[0-9a-f-]{36}"`).ReplaceAllString(masked, `"JOB"`)
	masked = regexp.MustCompile(`"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"`).ReplaceAllStringFunc(masked, func(id string) string {
		if id == `"8adf8e6e-67b2-4cf2-a259-e3dc5476c621"` { // the template of every custom application (G-23)
			return id
		}
		return `"GUID"`
	})
	return decoded(s.t, masked)
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

const entryOfCreate = `{
 "id":"GUID","activityDateTime":"2026-01-05T08:00:02Z","tenantId":"GUID","jobId":"JOB","cycleId":"GUID","changeId":"GUID",
 "provisioningAction":"create","durationInMilliseconds":2400,
 "provisioningStatusInfo":{"status":"success","errorInformation":null},
 "initiatedBy":{"id":"","displayName":"Azure AD Provisioning Service","initiatorType":"system"},
 "servicePrincipal":{"id":"GUID","displayName":"Story"},
 "sourceSystem":{"id":"GUID","displayName":"Microsoft Entra ID","details":{}},
 "targetSystem":{"id":"GUID","displayName":"customappsso","details":{"ApplicationId":"8adf8e6e-67b2-4cf2-a259-e3dc5476c621","ServicePrincipalId":"GUID","ServicePrincipalDisplayName":"Story"}},
 "sourceIdentity":{"id":"ada","displayName":"Ada","identityType":"User","details":{"id":"ada","odatatype":"User","DisplayName":"Ada","UserPrincipalName":"ada@contoso.test"}},
 "targetIdentity":{"id":"target-id-of-ada","displayName":"","identityType":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","details":{}},
 "modifiedProperties":[
  {"displayName":"userName","oldValue":null,"newValue":"ada@contoso.test"},
  {"displayName":"active","oldValue":null,"newValue":"True"},
  {"displayName":"displayName","oldValue":null,"newValue":"Ada"}]}`

// TestEntry compares whole entries with what Graph documents.
func TestEntry(t *testing.T) {
	t.Parallel()
	t.Run("E-310 G-36 G-37 E-316 E-318 the fields of a create", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "displayName", `"Ada"`), assigned("ada"))
		s.cycle()
		got := s.raw(0)
		delete(got, "provisioningSteps")
		if diff := cmp.Diff(decoded(t, entryOfCreate), got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("E-314 E-315 G-38 the steps", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), assigned("ada"))
		s.cycle()
		s.cycle(change("ada", "jobTitle", `"Head"`))
		s.cycle(change("ada", "mobilePhone", `null`), change("ada", "city", `"Bonn"`), change("ada", "city", "null"))
		s.cycle(unassigned("ada"))
		s.cycle(assigned("ada"))
		s.cycle(hardDeleted("ada"))
		got := []string{}
		for _, e := range s.entries() {
			var steps []string
			for _, p := range e.ProvisioningSteps {
				steps = append(steps, p.Name+" "+p.ProvisioningStepType+" "+p.Status)
			}
			got = append(got, e.SourceIdentity.ID+" "+e.ProvisioningAction+": "+strings.Join(steps, ", "))
		}
		const scoped, found = "EntrySynchronizationScoping scoping success, ", "EntryImport matching success, "
		want := []string{
			"ada create: EntryImportAdd import success, " + scoped + "EntrySynchronizationAdd matching success, EntryExportAdd export success",
			"bob create: EntryImportAdd import success, EntrySynchronizationScoping scoping skipped, EntrySynchronizationSkip export skipped",
			"ada update: EntryImportUpdate import success, " + scoped + found + "EntrySynchronizationUpdate processing success, EntryExportUpdate export success",
			"ada other: EntryImportUpdate import success, " + scoped + found + "EntrySynchronizationSkip export skipped",
			"ada disable: EntryImportUpdate import success, EntrySynchronizationScoping scoping " +
				"skipped, " + found + "EntrySynchronizationUpdate processing success, EntryExportUpdateSoftDelete export success",
			"ada update: EntryImportUpdate import success, " + scoped + found + "EntrySynchronizationUpdate processing success, EntryExportUpdate export success",
			"ada delete: EntryImportDelete import success, " + found + "EntryExportDelete export success",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("E-311 G-40 every action of the log", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), user("eve"), assigned("ada"), assigned("bob"))
		s.cycle()
		s.cycle(change("ada", "jobTitle", `"Head"`), unassigned("bob"))
		s.cycle(change("ada", "city", `"Bonn"`), change("ada", "city", "null"))
		s.cycle(hardDeleted("ada"))
		s.set("preventAccidentalDeletion", "true").set("deleteThreshold", "0").set("notificationEmail", "a@contoso.test")
		s.cycle(assigned("eve"))
		s.cycle(unassigned("eve"))
		var got []string
		for _, e := range s.entries() {
			if !slices.Contains(got, e.ProvisioningAction) {
				got = append(got, e.ProvisioningAction)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff([]string{"create", "delete", "disable", "other", "stagedDelete", "update"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("E-312 E-313 E-326 the four statuses, and the error of a failure", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"Head"`), user("bob", "jobTitle", `"Head"`), user("eve", "jobTitle", `"x"`, "accountEnabled", "false"),
			group("g", "ada", "eve"), assigned("g"), assigned("bob")).matchBy("title")
		s.cycle()
		status := map[string]bool{}
		for _, e := range s.entries() {
			status[e.ProvisioningStatusInfo.Status] = true
			for _, p := range e.ProvisioningSteps {
				status[p.Status] = true
				if p.Status == "warning" && p.Details["SkipReason"] != "UnableToResolveReferenceAttributeValue" {
					t.Errorf("a warning for %+v", p)
				}
			}
		}
		for _, want := range []string{"success", "failure", "skipped", "warning"} {
			if !status[want] {
				t.Errorf("nothing has the status %s", want)
			}
		}
		info := s.raw(1)["provisioningStatusInfo"].(map[string]any)["errorInformation"].(map[string]any)
		if info["errorCode"] != "DuplicateSourceEntries" || info["errorCategory"] != "nonServiceFailure" ||
			!strings.Contains(info["reason"].(string), "It will be retried again after this date") {
			t.Errorf("errorInformation %v", info)
		}
	})
	t.Run("E-317 the documented reasons to skip", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"a"`), user("bob", "jobTitle", `"b"`), user("eve"), assigned("ada"),
			assigned("eve")).matchBy("title").existing(`{"userName":"ada@contoso.test","active":true,"title":"a"}`)
		s.cycle().log("ada other skipped RedundantExport", "bob create skipped NotEffectivelyEntitled", "eve other skipped ImportSkipped")
	})
	t.Run("E-310 one entry an object and change, with ids of their own", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob"))
		s.cycle()
		s.cycle(change("ada", "jobTitle", `"Head"`))
		text, err := os.ReadFile(filepath.Join(s.cfg.Out, "provisioning-log.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		ids, cycles := map[any]int{}, map[any]int{}
		for line := range strings.Lines(string(text)) {
			m := decoded(t, line)
			ids[m["id"]]++
			ids[m["changeId"]]++
			cycles[m["cycleId"]]++
		}
		if len(ids) != 6 || len(cycles) != 2 {
			t.Errorf("%d different ids of entries and changes, %d of cycles; want 6 and 2", len(ids), len(cycles))
		}
	})
}
