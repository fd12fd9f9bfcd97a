// Package plan says what the next cycle of a job would do, without doing it.
//
// A plan is no second engine: simulator/cycle itself runs on a copy of the job's state,
// and only its client is another one. Target reads the real target and answers every
// write on its own, so that the plan cannot disagree with what the engine does. What the
// cycle wrote into its provisioning log is the plan; this package puts it into the words of
// a forecast (Entry), and Compare holds it against the log of a real run.
//
//	Reader (Find, Read only) ◄── Target ◄── simulator/cycle ──► log ──► Entry ──► plan.json
//
// A write cannot leave: Target holds a Reader, which has no method that writes, and the
// connection below it is a ReadOnly, which refuses any method but GET
// (but for the form that asks a token endpoint for an access token).
//
// simulator/forecast assembles these parts; cmd/scimdrill prints the result.
//
// # Decisions
//
// 2026-11-24: objects that the plan creates get ids that begin with "planned:". They stand
// in plan-log.jsonl, which is the engine's own log, and nowhere else: entries name the
// source object instead.
//
// 2026-11-24: a write is taken to succeed. What the plan itself wrote is seen by its later
// queries (a new userName is found, an old one is not), compared without regard to case
// but for externalId (RFC 7643 section 3.1), because duplicates within one cycle depend on it.
//
// 2026-11-24: offline, every query finds nothing and every read returns an object without
// attributes. The engine then shows the values it would look up, create or compare; entries
// say "lookUp" and "compare", never "create" and "update". Memberships of linked objects
// are exact also offline, because the service never reads members back (E-292).
package plan
