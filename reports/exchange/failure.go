package exchange

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// Failure is the class of a missing or incomplete answer. It never holds an
// address, a port or any text of the operating system, so that equal runs log
// equal bytes.
type Failure string

// The classes of failure.
const (
	// FailureTimeout is an answer that was not complete within the time-out (W-132).
	FailureTimeout Failure = "timeout"
	// FailureRefused is a connection that nobody accepted.
	FailureRefused Failure = "refused"
	// FailureUnreachable is a host or network without a route to it.
	FailureUnreachable Failure = "unreachable"
	// FailureName is a host name that does not resolve.
	FailureName Failure = "name"
	// FailureTLS is a handshake or certificate that did not hold (W-138).
	FailureTLS Failure = "tls"
	// FailureReset is a connection that the target closed in the middle.
	FailureReset Failure = "reset"
	// FailureBodyTooLarge is a body above Limits.MaxBody.
	FailureBodyTooLarge Failure = "body-too-large"
	// FailureHeaderTooLarge is a header above the limit of the transport.
	FailureHeaderTooLarge Failure = "header-too-large"
	// FailureCancelled is an exchange that the caller gave up.
	FailureCancelled Failure = "cancelled"
	// FailureProtocol is an answer that is not HTTP, or not understood as such.
	FailureProtocol Failure = "protocol"
	// FailureRequest is a request that could not be built from its URL or method.
	FailureRequest Failure = "request"
	// FailureCredentials is a request that was not sent, because there is no access token to send it with.
	FailureCredentials Failure = "credentials"
)

// Explain says in one sentence what the class means and what to try next.
func (f Failure) Explain() string {
	what, hint := f.Meaning()
	if hint == "" {
		return what
	}
	return what + "; hint: " + hint
}

// Meaning says what the class means and, where a person can do something, what to try next.
func (f Failure) Meaning() (what, hint string) {
	switch f {
	case FailureTimeout:
		return "the target did not finish its answer in time",
			"look at its log, or raise the time-out"
	case FailureRefused:
		return "nothing accepts connections at this address",
			"is the target running, and is the port right?"
	case FailureUnreachable:
		return "there is no route to the target",
			"check network, VPN and proxy settings"
	case FailureName:
		return "the host name does not resolve",
			"check its spelling and the DNS"
	case FailureTLS:
		return "the TLS handshake failed",
			"check the scheme and the certificate, or name its authority with --ca-file"
	case FailureReset:
		return "the target closed the connection before its answer was complete",
			"look at its log for a crash"
	case FailureBodyTooLarge:
		return "the body of the answer is larger than the limit",
			"is this the right URL, and does the target page its lists?"
	case FailureHeaderTooLarge:
		return "the header of the answer is larger than the limit",
			"is this the right URL, and does something between add headers?"
	case FailureCancelled:
		return "the run was stopped before the answer was complete", ""
	case FailureProtocol:
		return "the answer is not valid HTTP",
			"is something else listening on this port?"
	case FailureRequest:
		return "the URL is not valid",
			"it begins with https:// or http:// and a host"
	case FailureCredentials:
		return "no access token could be had, so nothing was sent",
			"check the token URL, the client id and the client secret"
	case "":
		return "the target answered", ""
	default:
		return string(f), ""
	}
}

// classify names the class of an error of the transport. An exchange that was
// given up failed by its caller's own doing.
func classify(givenUp bool, err error) Failure {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case err == nil:
		return ""
	case givenUp:
		return FailureCancelled
	case errors.Is(err, context.DeadlineExceeded):
		return FailureTimeout
	case errors.As(err, &timeout) && timeout.Timeout():
		return FailureTimeout
	case errors.As(err, &dns):
		return FailureName
	case isErrno(err, syscall.ECONNREFUSED, 10061):
		return FailureRefused
	case isErrno(err, syscall.EHOSTUNREACH, 10065), isErrno(err, syscall.ENETUNREACH, 10051):
		return FailureUnreachable
	case strings.Contains(err.Error(), "server response headers exceeded"):
		return FailureHeaderTooLarge
	case isTLS(err):
		return FailureTLS
	case isErrno(err, syscall.ECONNRESET, 10054), isErrno(err, syscall.EPIPE, 10053),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		strings.Contains(err.Error(), "server closed idle connection"):
		return FailureReset
	default:
		return FailureProtocol
	}
}

// isErrno knows the portable number and the one that Windows sockets use.
func isErrno(err error, want, winsock syscall.Errno) bool {
	var no syscall.Errno
	return errors.As(err, &no) && (no == want || no == winsock)
}

func isTLS(err error) bool {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var op *net.OpError
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &authority) ||
		errors.As(err, &host) || errors.Is(err, http.ErrSchemeMismatch) ||
		(errors.As(err, &op) && op.Op == "remote error") || strings.Contains(err.Error(), "tls: ")
}
