// Package fact describes what was seen where a requirement is not met: the request, the
// response, and the difference between what was asked for and what came.
//
// A fact is data. Package cause groups equal facts; writers show Expected and Actual. Nothing is
// ever read back from these sentences.
package fact
