// Package filtermodel writes filters of RFC 7644 section 3.4.2.2 and says which resources they
// select. Where the RFC leaves a choice, the answer is Open.
//
// The package shares no code with any server or with the engine.
package filtermodel
