// Package play runs the engine for the commands. A Run is a source, an endpoint and a clock;
// Settings are what flags or a scenario say of its job.
//
//	Configure ─► Begin ─► Enter or Provision ─► Play, Plan or Demand ─► Played.Section
//
// It follows a run for people, keeps the figures of its cycles, and words its part of the
// report.
package play
