//go:build unix

package main

import "syscall"

// noCoreDump keeps secrets in memory out of core dumps (S7).
func noCoreDump() {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &limit) // best effort: lowering is always permitted
	}
}
