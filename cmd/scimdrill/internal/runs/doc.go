// Package runs keeps the folder of a run: run.json, the transcript of its exchanges, the
// journal of what it made, and its report. It removes from a target what a journal names.
//
// Start writes run.json before the first request, and During writes it again at the end,
// so that cleanup finds target and journal after a kill too.
package runs
