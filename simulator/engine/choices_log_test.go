package engine_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// answering gives every create whose body holds a text one answer.
func (s *story) answering(text string, code int, body string) {
	s.server.answer = func(w http.ResponseWriter, r *http.Request, sent string) bool {
		if r.Method != http.MethodPost || !strings.Contains(sent, text) {
			return false
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
		return true
	}
}

// TestLogCodes shows both sides of the codes of a create that was refused or not sent.
func TestLogCodes(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"skip": "ada create skipped AttributeValidationFailed", "fail": "ada create failure MandatoryFieldsMissing",
	} {
		t.Run("E-126 A-46 requiredMissing "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("requiredMissing", value).matchBy("externalId", "userName")
			s.attribute("User", "userName")["source"] = map[string]any{"type": "Attribute", "expression": "[mail]"}
			s.attribute("User", "externalId")["source"] = map[string]any{"type": "Attribute", "expression": "[objectId]"}
			s.cycle().writes().log(want)
			if escrows := s.result.Cycles[0].Counts.Escrows; (escrows == 1) != (value == "fail") {
				t.Errorf("%d escrows", escrows)
			}
			s.cycle(change("ada", "mail", `"ada@contoso.test"`)).writes("POST Users ada")
		})
	}
	for value, want := range map[string]string{"incompatibleFiltering": filtering + " nonServiceFailure", "entryConflict": "EntryConflict failure"} {
		t.Run("E-102 A-47 conflictCode "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("conflictCode", value)
			s.answering("ada@", http.StatusConflict, `{"status":"409"}`)
			s.cycle()
			info := s.raw(0)["provisioningStatusInfo"].(map[string]any)["errorInformation"].(map[string]any)
			if got := fmt.Sprint(info["errorCode"], " ", info["errorCategory"]); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			for _, name := range []string{"additionalDetails", "recommendedAction"} {
				if v, there := info[name]; !there || v != nil {
					t.Errorf("E-313: %s is %v, want null", name, v)
				}
			}
		})
	}
	for value, want := range map[string]string{"incompatible": incompatible, "badRequest": badRequest, "short": "BadRequest"} {
		t.Run("A-37 A-48 badCreateCode "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("badCreateCode", value)
			s.answering("ada@", http.StatusBadRequest, `{}`)
			s.cycle().log("ada create failure " + want)
		})
	}
}

// TestLogShape shows both sides of what an entry says besides its codes.
func TestLogShape(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"create": "create Assigned to the application,IsActive,IsInProvisioningScope,ReportableIdentifier,SkipReason",
		"other":  "other Assigned,IsActive,IsEffectivelyEntitledForProvisioning,IsInProvisioningScope,ReportableIdentifier,ScopeEvaluationResult,SkipReason",
	} {
		t.Run("E-317 A-49 outOfScopeEntry "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), assigned("bob")).set("outOfScopeEntry", value).cycle()
			e := s.entries()[0]
			if got := e.ProvisioningAction + " " + keys(e.named("EntrySynchronizationSkip").Details); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	for value, want := range map[string]string{"userPrincipalName": "ada@contoso.test", "objectId": "ada"} {
		t.Run("G-37 A-50 reportableIdentifier "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), group("g", "ada"), assigned("g")).set("reportableIdentifier", value).cycle()
			step := s.entries()[0].named("EntryExportAdd")
			if got := step.Details["ReportableIdentifier"] + ": " + step.Description; got != want+": User '"+want+"' was created in customappsso" {
				t.Errorf("the export says %s", got)
			}
			if got := s.entries()[1].named("EntryExportAdd").Description; got != "Group 'g' was created in customappsso" {
				t.Errorf("the export of the group says %s", got)
			}
		})
	}
	for value, want := range map[string][2]string{
		"values": {
			"IsSoftDeleted,department,objectId,userPrincipalName",
			"ReportableIdentifier,active,urnietfparamsscimschemasextensionenterprise20Userdepartment,userName",
		},
		"none": {"objectId", "ReportableIdentifier"},
	} {
		t.Run("G-37 E-315 A-51 stepDetails "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "department", `"Sales"`), assigned("ada")).set("stepDetails", value).cycle()
			e := s.entries()[0]
			got := [2]string{keys(e.named("EntryImportAdd").Details), keys(e.named("EntryExportAdd").Details)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("keys of import and export (-want +got):\n%s", diff)
			}
			s.logged = 1
			s.cycle(change("ada", "department", `"Law"`))
			got = [2]string{keys(s.entries()[0].named("EntryImportUpdate").Details), keys(s.entries()[0].named("EntryExportUpdate").Details)}
			if value == "values" {
				want = [2]string{"department,objectId", "ReportableIdentifier,urnietfparamsscimschemasextensionenterprise20Userdepartment"}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("keys of the update (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("A-51 E-316 hidden attributes are hidden in the steps too", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "givenName", `"Ada"`, "displayName", `"Ada L"`), assigned("ada"))
		s.cfg.Redact = []string{"givenName", "displayName"}
		s.cycle()
		e := s.entries()[0]
		for _, d := range []map[string]string{e.named("EntryImportAdd").Details, e.named("EntryExportAdd").Details} {
			for _, key := range []string{"givenName", "namegivenName", "displayName"} {
				if v, there := d[key]; there && v != "[Redact]" {
					t.Errorf("%s is %q", key, v)
				}
			}
		}
	})
}

// TestRetrySteps shows both sides of what the log of a retry holds, and of when the next one is due.
func TestRetrySteps(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"escrow": "EntryEscrowRetry EntryExportAdd",
		"stages": "EntryImportAdd EntrySynchronizationScoping EntrySynchronizationAdd EntryExportAdd",
	} {
		t.Run("E-236 E-315 A-52 retrySteps "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob")).set("retrySteps", value)
			s.answering("ada@", http.StatusInternalServerError, "")
			s.cycle().log("ada create failure InternalServerError", "bob create success")
			s.cycle()
			e := s.entries()[0]
			var got []string
			for _, step := range e.ProvisioningSteps {
				got = append(got, step.Name)
			}
			if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			if value == "escrow" {
				want := map[string]string{
					"CountProcessed": "0", "CreationTime": "2026-01-05T08:00:00.0000000Z", "Identifier": "ada", "ModificationType": "Add",
					"NextAttempt": "1/5/2026 8:00:00 AM", "Origin": "Source", "TypeName": "EscrowedEntryDefault",
				}
				if diff := cmp.Diff(want, e.named("EntryEscrowRetry").Details); diff != "" {
					t.Errorf("details (-want +got):\n%s", diff)
				}
			}
		})
	}
	t.Run("A-52 a change of an object that failed is imported, and no retry", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada"))
		s.answering("ada@", http.StatusInternalServerError, "")
		s.cycle().log("ada create failure InternalServerError")
		s.cycle(change("ada", "city", `"Bonn"`))
		if step := s.entries()[0].step(0); step.Name != provlog.EntryImportAdd {
			t.Errorf("the first step is %s", step.Name)
		}
	})
	t.Run("A-52 a membership that failed is retried under its own name", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("g"))
		broken := true
		s.server.answer = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if !broken || r.Method != http.MethodPatch {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		s.cycle().log("ada create success", "g create success", "g update failure InternalServerError")
		broken = false
		s.cycle()
		entries := s.entries()
		last := entries[len(entries)-1]
		if got := last.step(0).Name + " " + last.step(0).Details["ModificationType"] + " " + last.step(1).Name; got != "EntryEscrowRetry Update EntryExportUpdate" {
			t.Errorf("the steps of the membership are %s", got)
		}
	})
	for value, want := range map[string][]string{
		"firstFailure": {"0s", "40m0s", "6h0m0s", "12h0m0s"}, "lastAttempt": {"0s", "40m0s", "6h40m0s"},
	} {
		t.Run("A-2 A-53 E-237 retryFrom "+value, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 1)
			b.cfg.Set["retryFrom"] = value
			number := 0
			b.failing(&number)
			b.play(13 * time.Hour)
			var got []string
			for _, s := range b.log() {
				if s.SourceIdentity.ID == "u000" {
					got = append(got, after(time.Time(s.ActivityDateTime)))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("attempts (-want +got):\n%s", diff)
			}
		})
	}
}

// keys are the keys of details, sorted.
func keys(details map[string]string) string {
	return strings.Join(slices.Sorted(maps.Keys(details)), ",")
}
