package conformance_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestLegal runs checks on services that differ from the reference and are right. Each row failed
// once. make strangers runs every check on every legal endpoint.
func TestLegal(t *testing.T) {
	t.Parallel()
	rows := []struct {
		id     string
		checks []string
		entra  int // requirements of Entra that rightly fail
	}{
		{"B8-few-can-change", []string{"SUR-005", "ATT-029", "ATT-052", "ATT-053", "ATT-064", "USR-016", "USR-062"}, 0},
		{"B9-few-licences", []string{"USR-001", "USR-013", "USR-038"}, 0},
		{"L-defaults", []string{"ATT-013", "USR-049"}, 0},
		{"L-display-name-derived", []string{"ATT-001", "ATT-026", "ATT-064"}, 0},
		{"L-few-types", []string{"ATT-006", "ATT-020", "USR-017"}, 0},
		{"L-other-types", []string{"USR-017", "USR-028"}, 0},
		{"L-own-words", []string{"ATT-011", "USR-064"}, 0},
		{"L-group-name-fixed", []string{"MEM-049"}, 0},
		{"L-password-required", []string{"USR-043", "USR-050", "USR-065", "SUR-001"}, 0},
		{"L-own-extension", []string{"USR-050", "USR-072", "ATT-041"}, 0},
		{"L-created-brief", []string{"HTP-040"}, 0},
		{"L-members-on-request", []string{"SUR-010", "MEM-003", "MEM-017", "MEM-039", "MEM-041", "MEM-049", "QRY-047", "HTP-013"}, 0},
		{"L-no-markup", []string{"USR-001", "USR-024"}, 0},
		{"L-if-match", []string{"SUR-003", "USR-007", "USR-031"}, 1},
		{"L-no-filter", []string{"QRY-001"}, 1},
		{"L-few-filters", []string{"QRY-026"}, 0},
		{"L-two-filters", []string{"QRY-004", "QRY-014", "QRY-023", "HTP-014", "USR-010"}, 2},
		{"L-name-filters", []string{"QRY-005"}, 1},
		{"L-largest-page-10", []string{"QRY-009", "QRY-019", "QRY-020", "QRY-047"}, 0},
		{"L-custom-attribute", []string{"SUR-001"}, 0},
	}
	clock := stranger.Clock{Now: time.Now, Wait: func(context.Context, time.Duration) error { return nil }}
	all := stranger.All(clock)
	for _, row := range rows {
		t.Run(row.id, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(all, func(e stranger.Endpoint) bool { return e.ID == row.id })
			c, err := conformance.Run(t.Context(), reach(t, all[i].Wrap(tenants(t, target.Options{}))), conformance.Options{RunID: "rtest", Checks: row.checks})
			if err != nil {
				t.Fatal(err)
			}
			entra := 0
			for _, check := range c.Checks {
				switch {
				case check.Outcome == reports.Failed && check.Level == "ENTRA":
					entra++
				case check.Outcome == reports.Failed, check.Outcome == reports.Errored, check.Outcome == reports.Blocked && row.entra == 0:
					t.Errorf("%s %s: expected %s; actual %s", check.ID, check.Level, check.Expected, check.Actual)
				}
			}
			if entra != row.entra {
				t.Errorf("%d requirements of Entra failed, want %d", entra, row.entra)
			}
		})
	}
}
