// Package session is one run of checks against one target: it sends requests, records
// them for the check under way, journals and removes what a check makes.
//
// It shares no code with any server and none with the engine; answers are raw JSON.
package session
