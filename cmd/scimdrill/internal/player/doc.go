// Package player runs replay: it reads the flags of a load, opens or renders the stream, plays it
// with simulator/replay, and writes the report.
package player
