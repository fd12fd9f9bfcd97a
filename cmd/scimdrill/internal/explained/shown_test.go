package explained

import (
	"slices"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// TestReferences holds every id that an explanation names to the catalogues and the ledger.
func TestReferences(t *testing.T) {
	t.Parallel()
	defects := target.Catalog()
	for _, table := range []map[string]shown{byCause(), ofGroups()} {
		for key, s := range table {
			if _, ok := explain.Lookup(key); !ok {
				t.Errorf("%s is no cause", key)
			}
			for _, id := range s.Checks {
				if _, ok := suites.Lookup(catalog.ID(id)); !ok {
					t.Errorf("%s: there is no check %s", key, id)
				}
			}
			for _, id := range s.Defects {
				if !slices.ContainsFunc(defects, func(d target.Defect) bool { return d.ID == id }) {
					t.Errorf("%s: there is no defect %s", key, id)
				}
			}
		}
	}
	for _, c := range explain.Causes() {
		for _, id := range c.Rules {
			if _, ok := docs.LookupRule(id); !ok {
				t.Errorf("%s: there is no rule %s", c.Key, id)
			}
		}
	}
}
