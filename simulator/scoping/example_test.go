package scoping_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/scoping"
)

func ExampleDecide() {
	d := scoping.Decide(scoping.Facts{Kind: "User", Entitled: true, Enabled: false})
	fmt.Println("in scope:", d.InScope)
	fmt.Println("IsSoftDeleted:", d.IsSoftDeleted)
	fmt.Println("when it was never provisioned:", d.Reason)
	// Output:
	// in scope: true
	// IsSoftDeleted: true
	// when it was never provisioned: NotEffectivelyEntitled
}
