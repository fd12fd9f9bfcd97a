// Package worlds proves the engine against models of it: a world is a tenant, a target and all
// that happens to both, drawn from one seed. It holds tests only.
//
//	seed ─► world ─► life (target, door, job) ─► trace, log, target ─► checkers with a model of their own
//
// TestWorldSeeds lives through worlds, and makes one smaller in which a checker finds something.
// TestEngineSeeds has a smaller model and longer weeks. TestCrash kills the process of a job, its target, or both.
// A checker shares nothing with the decisions of the engine.
//
//	make seeds     many seeds of both
//	make crash     many kills at 2,000 users, some within 50 ms after the start
package worlds
