package engine_test

import "testing"

// TestClearedManager takes a manager away in the reference target, with the flag (W-64, A-56).
func TestClearedManager(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"dialect", "filterURN"} {
		t.Run("W-64 A-56 clearedManager "+value+" in the reference target", func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"), assigned("bob")).set("clearedManager", value)
			s.cfg.Dialect = "optscim"
			s.cycle().log("ada create success", "bob create success", "ada update success")
			s.cycle(change("ada", "manager@delta", `[{"id":"bob","@removed":{"reason":"deleted"}}]`)).log("ada other skipped RedundantExport", "ada update success")
			s.cycle().writes()
		})
	}
}
