// Package bench measures the engine against a plain Go client that sends the same requests.
// It holds tests only: nothing of it is in a build.
//
// A machine's speed drifts while it is measured, so that no bare time means much. Each
// comparison therefore runs in five rounds, both sides in each round, and its figure is the
// median of the rounds' ratios. Target, engine and bare client are processes of their own
// (this test binary, started again with a role), so that the CPU time of each is what the
// kernel counted for it, and nobody's garbage is collected at somebody else's cost.
//
// The CPU time of the engine outside net/http is that of its process less that of the bare
// client's process, which sends the same bytes through net/http and does nothing else.
//
//	make bench         all comparisons, some minutes; writes docs/why/benchmarks.md
//	make bench-large   1,000,000 users: memory, load, and the cost of a small cycle
package bench
