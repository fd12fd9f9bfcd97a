// Package jobpage shows the job of a state as the portal's page does: status, progress, cycles,
// counts, quarantine, settings, and where log and report are.
package jobpage
