package docs_test

import "testing"

// TestTutorial types the commands of the tutorial and compares every line that it prints.
func TestTutorial(t *testing.T) {
	t.Parallel()
	typeCommands(t, "guide/tutorial.md", 24, 7499)
}
