package conformance_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestField runs, for each stranger's service that is wrong, a check that finds it. None of the
// checks was written for one service alone. make strangers runs all checks on each of them.
func TestField(t *testing.T) {
	t.Parallel()
	clock := stranger.Clock{Now: time.Now, Wait: func(context.Context, time.Duration) error { return nil }}
	found, otherwise := fieldRows(), fieldOtherwise()
	for _, e := range stranger.All(clock) {
		if e.Kind != stranger.Defect || otherwise[e.ID] != "" {
			continue
		}
		check, known := found[e.ID]
		delete(found, e.ID)
		if !known {
			t.Errorf("no check is named that finds %s", e.ID)
			continue
		}
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			checks := strings.Fields(check) // the first finds it, in what the others send
			o := conformance.Options{RunID: "rtest", Checks: checks}
			c, err := conformance.Run(t.Context(), reach(t, e.Wrap(tenants(t, target.Options{}))), o)
			if err != nil {
				t.Fatal(err)
			}
			failed := slices.ContainsFunc(c.Checks, func(k reports.Check) bool { return strings.HasPrefix(k.ID, checks[0]) && k.Outcome == reports.Failed })
			if !failed {
				t.Errorf("%s does not find that it %s", check, e.Story)
			}
		})
	}
	for id := range found {
		t.Errorf("%s is no service that is wrong", id)
	}
}

// fieldOtherwise are services that a run does not fail, or cannot judge, and why.
func fieldOtherwise() map[string]string {
	return map[string]string{
		"A37-manager-list-refused":  "manager is single-valued",
		"A47-other-tenant-conflict": "userName may be unique over all tenants",
		"A48-plain-json-refused":    "application/json is a SHOULD: USR-071 warns",
		"A44-process-dies":          "the run ends and names the last request",
		"A51-user-agent-wanted":     "the run ends and names the header",
		"A51-accept-wanted":         "the run ends and names the header",
	}
}

func fieldRows() map[string]string {
	return map[string]string{
		"A1-pathless-active": "ATT-048", "A2-active-beside-others": "ATT-047", "A9-disable-wipes-roles": "USR-067", "A9-disable-wipes-title": "USR-067",
		"A9-disable-wipes-extension": "USR-067", "A10-disable-leaves-groups": "USR-068", "A14-create-inactive": "USR-066", "A52-active-number": "HTP-065",
		"A52-enable-again": "USR-077", "A28-modified-never-moves": "USR-078", "A28-modified-on-read": "HTP-039", "A52-core-nested": "SUR-001",
		"A52-total-string": "QRY-046", "A44-connection-closes": "ATT-048", "A4-post-without-name": "USR-051", "A4-put-without-name": "USR-052",
		"A30-put-drops-extension": "USR-047", "A41-title-dropped": "USR-043", "A41-phones-dropped": "USR-043", "A41-addresses-dropped": "USR-043",
		"A49-external-id-demanded": "USR-072", "A49-lists-need-mail": "USR-072", "A24-create-echoes": "USR-044", "A50-no-configuration": "HTP-054",
		"A50-no-types": "HTP-054", "A50-no-schemas": "HTP-054", "A29-broken-json-500": "HTP-044", "A29-errors-as-text": "HTP-001",
		"A29-errors-as-html": "HTP-001", "A29-status-number": "HTP-001", "A15-eq-contains": "QRY-034", "A16-underscore": "QRY-034",
		"A16-percent": "QRY-034", "A17-and-in-names": "QRY-036", "A17-eq-in-names": "QRY-036", "A17-ampersand-in-names": "QRY-036",
		"A17-apostrophe-in-names": "QRY-036", "A18-extension-not-found": "QRY-063", "A18-mail-not-found": "QRY-063", "A18-members-not-found": "QRY-045",
		"A19-only-eq": "QRY-028", "A19-only-eq-everybody": "QRY-028", "A22-search-unfiltered": "QRY-048", "A11-external-id-empties": "MEM-021",
		"A11-read-empties": "MEM-051", "A20-group-names-exact": "QRY-044", "A25-second-delete": "MEM-053", "A25-unknown-group-closes": "MEM-054",
		"A25-unknown-group-204": "MEM-054", "A38-stale-groups": "MEM-055", "A5-pathless-members-replace": "MEM-057", "A5-pathless-members-ignored": "MEM-057",
		"A12-one-of-several-removed": "MEM-062", "A12-others-removed": "MEM-062", "A35-hundred-members": "MEM-013", "A35-hundred-members-shown": "MEM-013",
		"A37-manager-list-key": "HTP-066 ATT-066", "A40-post-drops-members": "MEM-038", "A52-display-demanded": "MEM-002", "A52-member-again": "MEM-004",
		"A52-put-equal-members": "MEM-068", "A3-rename-to-taken": "USR-057", "A3-rename-to-taken-500": "USR-057", "A3-put-taken": "USR-058",
		"A34-rehire-refused": "USR-061", "A39-group-old-name": "QRY-041", "A39-user-old-name": "QRY-024", "A47-other-tenant-grafted": "HTP-027",
		"A26-count-zero": "QRY-057", "A26-beyond-the-end": "QRY-058", "A26-index-zero": "QRY-059", "A27-items-per-page": "QRY-017",
		"A6-extension-object-replaces": "ATT-015", "A7-unknown-op-ignored": "ATT-057", "A7-unknown-op-replaces": "ATT-057", "A8-address-in-pieces": "ATT-049",
		"A13-second-condition": "ATT-050", "A32-first-of-two": "ATT-011", "A33-half-done": "ATT-012", "A33-half-done-conflict": "ATT-058",
		"A36-quoted-boolean-refused": "ATT-052", "A36-quoted-boolean-ignored": "ATT-052", "A42-core-urn-ignored": "ATT-068", "A45-primary-phone-refused": "ATT-051",
		"A45-primary-phone-elsewhere": "ATT-051", "A46-group-external-id-add": "MEM-046", "A21-cached-filter": "QRY-038", "A31-attributes-ignored": "QRY-052",
		"A24-patch-old-state": "ATT-045", "A52-malformed-id": "USR-062", "A43-digits-to-number": "USR-069", "A43-zeros-cut": "USR-069",
		"U1-put-keeps-mails": "USR-047", "U2-remove-one-wipes-extension": "ATT-013", "U3-remove-type-wipes-phones": "ATT-035", "U4-add-replaces-phones": "ATT-020",
		"U5-one-role": "USR-017", "U6-mails-of-one-type-merged": "USR-017", "U7-department-cut": "USR-039", "U8-group-again-old-members": "MEM-076",
		"U9-manager-deleted-takes-team": "USR-079", "U10-manager-again-removes": "USR-077", "U11-put-own-name-case": "USR-060", "U12-create-letter-case": "ATT-009",
		"U13-group-letter-case": "ATT-009", "U14-or-first-only": "QRY-029", "U15-active-filter-ignored": "QRY-030", "U16-remove-by-value-ignored": "ATT-035",
		"U17-group-null-ignored": "MEM-048", "A43-blanks-cut": "USR-070",
		"U18-group-unequal-all": "QRY-065", "U19-group-third-or": "QRY-065", "U20-group-after-bracket": "QRY-065", "U21-group-first-member": "QRY-045",
		"U22-group-unknown-attribute": "QRY-065", "U23-group-count-negative": "QRY-016", "U24-group-items-asked": "QRY-017", "U25-group-sort-ignored": "QRY-026",
		"U26-group-nothing-404": "QRY-003", "U27-rename-drops-members": "MEM-077", "U28-members-above-fifty": "MEM-013", "U29-last-member-stays": "MEM-077",
		"U30-equal-patch-again": "MEM-065", "U31-group-tag-old": "HTP-024",
		"U32-capital-part-removal-ignored": "ATT-001", "U33-phones-not-emptied": "ATT-027",
		"U34-second-mail-not-found": "QRY-063", "U35-lists-show-first-name": "USR-080",
		"U36-disabled-twice-refused": "USR-077", "U37-put-title-escaped": "USR-024",
		"U38-put-second-phone-without-type": "USR-031", "U39-first-mail-primary": "USR-017",
		"U40-null-as-word": "ATT-026", "U41-organization-twice": "ATT-041", "U42-disabled-loses-manager": "USR-067",
		"A23-open-groups": "HTP-002", "A23-wrong-token-patch": "HTP-052", "A23-wrong-token-search": "HTP-052",
	}
}
