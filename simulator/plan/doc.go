// Package plan says what the next cycle of a job would do, without doing it.
//
// A plan is no second engine: simulator/cycle itself runs on a copy of the job's state,
// and only its client is another one. Target reads the real target and answers every
// write on its own, so that the plan cannot disagree with what the engine does. What the
// cycle logs is the plan: Words turns each outcome into an Entry of a forecast as it is
// logged, and Differences holds the entries against those of a real run.
//
//	Reader (Find, Read only) ◄── Target ◄── simulator/cycle ──► Logged ──► Entry ──► plan.json
//
// A write cannot leave: Target holds a Reader, which has no method that writes, and the
// connection below it is a ReadOnly, which refuses any method but GET
// (but for the form that asks a token endpoint for an access token).
//
// simulator/forecast assembles these parts; cmd/scimdrill prints the result.
//
// Decisions: docs/decisions/simulator-plan.md
package plan
