// Command k6-scimdrill is k6 with the module k6/x/scimdrill, which sends a stream of scimdrill as load.
//
// k6 is under the AGPL-3.0, and so is each binary that is built here. The source of this module is under the
// Apache-2.0, as the rest of scimdrill is, which never imports k6.
package main

import (
	k6 "go.k6.io/k6/cmd"

	_ "github.com/scimdrill/scimdrill/cmd/k6-scimdrill/stream" // registers k6/x/scimdrill
)

func main() { k6.Execute() }
