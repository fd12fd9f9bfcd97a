// Package scenario plays the story of an incident: a tenant, what happens to source, job
// and target at which time, and what must be so. A scenario is a regression test that a
// support engineer can write and read.
//
//	title: The manager who came into scope later
//	story: |                    # what the customer saw, why, what helps
//	  The pilot group holds the staff but not their manager …
//	rules: [E-44, E-276]        # of the behaviour ledger
//	profile: goto               # customappsso if left out
//	scope: assigned             # or all
//	options: {timeScale: "0"}   # simulate --list-options
//	schema:                     # edits of the application's mappings
//	  unmap: [User.active]
//	  map: {User.title: '[jobTitle]'}
//	  match: [User.externalId]  # matching attributes, in this order
//	  actions: {User: 'Add,Update'}
//	  filter: {User: [department EQUALS Sales]}
//	  off: [Group]
//	second:                     # another job on the same target, with a directory of the same people
//	  profile: goto             # that of the first job if left out
//	  assigned: [ada]           # who has its application; or scope: all
//	  options: {timeScale: "0"} # and schema
//	tenant:
//	  users:
//	    - {user: ada, name: Ada Lovelace, manager: boss, jobTitle: Countess}
//	    - {user: 'staff-{001..600}', assigned: false}
//	  groups:
//	    - {group: sales, name: Sales, members: [ada]}
//	  generate: users=20,groups=2
//	  lines: |                  # Graph resources as they are
//	    {"@odata.type":"#microsoft.graph.user", …}
//	target:                     # what it holds, and how it is broken, at the start
//	  users: [{userName: 'bob@{run}.example'}]
//	  defects: [MRM-01]
//	for: 2d                     # how long it is played
//	timeline:
//	  - at: 1h
//	    note: for the reader and the report
//	    source:
//	      - {user: ada, accountEnabled: false}      # any property; null clears
//	      - {user: bob, removed: changed}           # recycle bin; deleted is for good
//	      - {user: bob, restored: true}
//	      - {newUser: eve, name: Eve Stone}
//	      - {group: sales, add: [bob], remove: [ada]}
//	      - {unassign: ada}                         # and assign; with job: second of the second job
//	    job: restart Watermark,Escrows              # pause, start, restart, allow deletes,
//	                                                # scope all, scope assigned, credentials renewed
//	    second: pause                               # the same for the second job
//	    target: status 429 on POST for 10m          # fixtures/target, Plan
//	    faults: 429=0.5:30s on POST /Users for 2h   # mishaps of some requests; target
//	                                                # --list-faults and fixtures/fault, Parse
//	    byHand: 'DELETE /Users/{ada}'               # with a console on the target
//	    schema: {unmap: [User.active]}
//	expect:
//	  - at: 2h                                      # left out: at the end
//	    why: a sentence for the report
//	    that:
//	      - job.status.code == Quarantine           # Graph's synchronizationJob
//	      - log(action=disable, user=ada, status=success, since=1h) == 1
//	      - audit(activity=Quarantine, mail=true) == 1
//	      - requests(method=POST, path=/Users) == 0
//	      - faults(kind=lost, method=POST) >= 1     # mishaps that requests met
//	      - cycles(state=Failed).began == [1h20m, 7h20m]
//	      - escrows(code=EntryConflict) == 0
//	      - second.log(action=disable, user=ada) == 1   # and second.job, audit, requests, cycles, escrows
//	      - target.user(ada).emails["work"].value == ada@{run}.example
//	      - target.group(sales).members == [ada, bob]
//	      - target.users == 2
//	ends: [quarantine]                              # planned to be left at the end: escrows, quarantine,
//	                                                # and with a second job second escrows, second quarantine
//	failsWith: retrySchedule=page                   # an option that breaks an expectation
//
// A name such as ada stands for the user with the id RUN-ada and the userPrincipalName
// ada@RUN.example, where RUN is the id of the run; {run} in a text is the same. Lengths
// of time are 90m, 2h, 1d12h or PT1H20M, counted from the start of the first cycle. The
// operators are == != > >= < <= and contains; absent is what is not there. Texts are
// compared without regard to letter case, several alternatives of an argument are joined
// by |.
//
// Which requests meet a fault depends on the seed of the run, on the request and on how often
// it came, so that it is the same for every number of requests in flight. An expectation has
// to hold for every seed: give a fault the rate 1 and bound it by method, path and time, or
// expect a number with >= and <=. What takes all of a span of time, such as
// "burst=1:10m on POST for 4h", is sure as well. A fault whose kind goes by the order of
// requests of different objects (rate-limit, stale by a number of writes) is refused here:
// object-limit, 429 and stale by a time are not.
//
// Neighbours: simulator/job is what it acts on; cmd/scimdrill assembles a run, an embedded
// target and a Play; fixtures/scenarios holds the built-in ones, and fixtures/target is a
// Target.
//
// Decisions: docs/decisions/simulator-scenario.md
package scenario
