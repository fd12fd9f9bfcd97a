package journal_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/journal"
)

// A run writes down what it is about to make; a later process finds it again.
func Example() {
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "journal.jsonl")

	j, err := journal.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	seq, _ := j.Intent(journal.Object{Collection: "Users", Attribute: "externalId", Value: "r7-ada"})
	_ = j.Made(seq, "2819c223")
	_, _ = j.Intent(journal.Object{Collection: "Users", Attribute: "externalId", Value: "r7-bob"})
	_ = j.Close() // the process ends here, before bob's answer

	entries, _ := journal.Read(path)
	for _, e := range entries {
		fmt.Printf("%s %s eq %q: %s %s\n", e.Collection, e.Attribute, e.Value, e.State, e.ID)
	}
	// Output:
	// Users externalId eq "r7-ada": made 2819c223
	// Users externalId eq "r7-bob": intended
}
