// Package faultproxy puts the faults of fixtures/fault in front of any endpoint. The faults can be
// switched while requests are served: a load test can include a bad minute.
//
//	GET    /_faults    the faults in force
//	PUT    /_faults    replaces them; the body is JSON or YAML
//	DELETE /_faults    ends them
//
// Only requests of this machine reach /_faults. All others are forwarded.
package faultproxy
