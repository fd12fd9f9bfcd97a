package main

import (
	"bytes"
	"sync"
)

// lockedText is a stream that a test reads while a server still writes to it.
type lockedText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write takes a part of the text.
func (l *lockedText) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// String is the text so far.
func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
