// Package measure counts the responses of a load: how long they took, which failed, and when.
//
//	Sample ─► Recorder ─► Summary ─► Threshold, report
//	              └────► hlog, Prometheus text, another Recorder (Merge)
//
// Each request has three times. The response time counts from the moment at which the request was
// due, so that a slow response also counts against the requests that wait behind it. The service
// time counts from the moment at which it was sent. The schedule lag is the delay between the
// moment at which it could be sent and the moment at which it was: that of the generator.
//
// Times are kept in HDR histograms, from 1 µs to 1 h with three digits, one pair for each kind of
// request and class of status. Histograms of several machines merge without loss.
//
// Decisions: docs/decisions/simulator-replay.md
package measure
