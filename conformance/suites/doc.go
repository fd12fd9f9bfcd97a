// Package suites holds the bodies of the checks in conformance/catalog, as Ginkgo specs.
//
// Register builds them inside whatever Ginkgo tree is under construction: that of
// conformance.Run, or a vendor's own suite. It registers no fail handler and runs
// nothing. Each check makes its own data and removes it; a write is believed only after
// a separate read.
package suites
