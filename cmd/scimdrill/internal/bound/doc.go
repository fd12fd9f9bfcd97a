// Package bound ends a command that a target keeps waiting.
//
//	b := bound.New(command, limits)
//	ctx, stop := b.Begin(ctx)       // ends at a bound; the cause is an *exit.Error
//	client.Transport = b.Watch(next) // knows the request under way
//
// A bound over all requests is needed besides the time-out of each one: 300 checks that wait 60
// seconds each take five hours. A simulation may legitimately take hours. Its bound is the
// time without a response that it can use.
package bound
