// Package session is one run of checks against one target: it sends requests, records
// them for the check under way, journals and removes what a check makes.
//
// What the answer to a query shows of others is masked before it is recorded, and after
// 1,000 such objects no further query is sent.
//
// It shares no code with any server and none with the engine; answers are raw JSON.
package session
