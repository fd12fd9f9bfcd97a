package dialect_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/dialect"
)

func ExampleDialect() {
	legacy, err := dialect.New("legacy", dialect.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", legacy.RemoveMembers([]string{"6f1c2a9e"}))
	// Output: {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Remove","path":"members","value":[{"value":"6f1c2a9e"}]}]}
}
