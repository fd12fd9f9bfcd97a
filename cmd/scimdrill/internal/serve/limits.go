package serve

import "time"

// The limits of every server that this program starts (S8). docs/reference/limits.md tells of them.
const (
	// headerTime is how long the header of a request may take, and a TLS handshake.
	headerTime = 10 * time.Second
	// bodyTime is how long the body of a request may take.
	bodyTime = time.Minute
	// stallTime is how long a client may take for the next 64 KiB of a response. There is no
	// limit for a whole response: a fault may delay it, and a large list takes its time.
	stallTime = 30 * time.Second
	// idleTime is how long a connection may wait for its next request.
	idleTime = 2 * time.Minute
	// maxHeader is the size of a header. net/http adds 4 KiB.
	maxHeader = 60 << 10
	// maxConnections is how many connections are open. A new one replaces the one that is idle longest.
	maxConnections = 4096
	// maxHeld is how many bytes of responses wait for clients that do not read, and of requests
	// that are not complete. More than that cuts off the client that stands still longest.
	maxHeld = 256 << 20
	// portion is the part of a response that is written at once.
	portion = 64 << 10
)
