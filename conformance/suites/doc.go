// Package suites contains the checks, each in one value, as Ginkgo specs. Files are named by resource and verb.
//
// Register adds the specs to the Ginkgo tree under construction, which belongs to
// conformance.Run or to a vendor's own suite. Register sets no fail handler and runs no spec.
// Each check creates its own data and removes it. A check verifies each write by a separate
// read.
package suites
