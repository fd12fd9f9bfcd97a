package filelock

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Holder is the process that holds a lock.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"-"` // the time of the lock file
}

// InUse is the error about a folder or file that another process holds, or another part of
// this process.
type InUse struct {
	What string // the path as it was given
	By   Holder
}

// Error names the path and the process.
func (e *InUse) Error() string { return fmt.Sprintf("%s is in use by %s", e.What, e.By) }

// String describes the process in a sentence.
func (h Holder) String() string {
	since := "since " + h.Since.Local().Format("15:04:05 on 2 January")
	switch {
	case h.PID == 0:
		return "another process"
	case h.Command == "":
		return fmt.Sprintf("process %d (%s)", h.PID, since)
	}
	return fmt.Sprintf("process %d (%s, %s)", h.PID, h.Command, since)
}

// read returns the holder that a lock file names, or none while it is being written.
func read(path string) Holder {
	var h Holder
	info, err := os.Stat(path)
	if err != nil {
		return Holder{}
	}
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &h) != nil {
		return Holder{}
	}
	h.Since = info.ModTime()
	return h
}
