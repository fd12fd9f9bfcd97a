// Package session runs checks against one target. It sends requests, records them for the
// running check, and journals and removes the objects that a check creates.
//
// Query responses may contain objects that the run did not create. Their values are masked
// before they are recorded. After 1,000 such objects, no further query is sent. After 128 MiB of
// responses, only removals are sent.
//
// The package shares no code with any server or with the engine. Responses are raw JSON.
package session
