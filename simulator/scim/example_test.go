package scim_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/scim"
)

func ExampleTargetPath_Get() {
	path, err := scim.ParseTargetPath(`emails[type eq "work"].value`)
	if err != nil {
		fmt.Println(err)
		return
	}
	value, ok := path.Get(map[string]any{
		"Emails": []any{map[string]any{"type": "WORK", "value": "ada@contoso.example"}},
	})
	fmt.Println(value, ok)
	// Output: ada@contoso.example true
}
