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

// Failure is the class of a missing or incomplete response. It never contains an address, a port
// or a text of the operating system, so that equal runs write equal logs.
type Failure string

// ErrNotLoopback is the error of a dialer that was given a name of loopback and found another
// machine.
var ErrNotLoopback = errors.New("not a loopback address")

// The classes of failure.
const (
	// FailureTimeout is a response that was not complete within the time-out (W-132).
	FailureTimeout Failure = "timeout"
	// FailureRefused is a refused connection.
	FailureRefused Failure = "refused"
	// FailureUnreachable is a host or network without a route to it.
	FailureUnreachable Failure = "unreachable"
	// FailureName is a host name that does not resolve.
	FailureName Failure = "name"
	// FailureNotLoopback is a name such as localhost that leads to another machine. Nothing was sent.
	FailureNotLoopback Failure = "not-loopback"
	// FailureTLS is a failed handshake or an invalid certificate (W-138).
	FailureTLS Failure = "tls"
	// FailureReset is a connection that the target closed during the exchange.
	FailureReset Failure = "reset"
	// FailureBodyTooLarge is a body above Limits.MaxBody.
	FailureBodyTooLarge Failure = "body-too-large"
	// FailureJSONTooLarge is a JSON body above Limits.MaxDepth or Limits.MaxValues.
	FailureJSONTooLarge Failure = "json-too-large"
	// FailureHeaderTooLarge is a response header above Limits.MaxHeader or Limits.MaxFields.
	FailureHeaderTooLarge Failure = "header-too-large"
	// FailureCancelled is an exchange that the caller cancelled.
	FailureCancelled Failure = "cancelled"
	// FailureProtocol is a response that is not valid HTTP.
	FailureProtocol Failure = "protocol"
	// FailureRequest is a request with an invalid URL or method.
	FailureRequest Failure = "request"
	// FailureCredentials is a request that was not sent because no access token was available.
	FailureCredentials Failure = "credentials"
)

// Explain describes the failure and suggests what to try next.
func (f Failure) Explain() string {
	what, hint := f.Meaning()
	if hint == "" {
		return what
	}
	return what + "; hint: " + hint
}

// Meaning describes the failure. hint suggests what to try next, or is empty.
func (f Failure) Meaning() (what, hint string) {
	switch f {
	case FailureTimeout:
		return "the target did not complete its response in time",
			"check the log of the target, or raise the time-out"
	case FailureRefused:
		return "nothing accepts connections at this address",
			"check that the target is running and that the port is correct"
	case FailureUnreachable:
		return "no route to the target",
			"check network, VPN and proxy settings"
	case FailureName:
		return "the host name does not resolve",
			"check the spelling and DNS"
	case FailureNotLoopback:
		return "the name of the host leads to another machine, not to loopback, so nothing was sent",
			"check the hosts file and DNS, or use 127.0.0.1"
	case FailureTLS:
		return "the TLS handshake failed",
			"check the scheme and the certificate, or trust its authority with --ca-file"
	case FailureReset:
		return "the target closed the connection before its response was complete",
			"check the log of the target for a crash"
	case FailureBodyTooLarge:
		return "the response body is larger than the limit",
			"check the URL, and check that the target pages its lists"
	case FailureJSONTooLarge:
		return "the JSON of the response is too deep or has too many members and elements",
			"check that the target pages its lists and does not repeat objects inside each other"
	case FailureHeaderTooLarge:
		return "the response header is larger than the limit",
			"check the URL, and check for a proxy that adds headers"
	case FailureCancelled:
		return "the run was stopped before the response was complete", ""
	case FailureProtocol:
		return "the response is not valid HTTP",
			"check that no other service is listening on this port"
	case FailureRequest:
		return "the URL is not valid",
			"a URL must begin with https:// or http:// and a host"
	case FailureCredentials:
		return "no access token was available, so the request was not sent",
			"check the token URL, the client id and the client secret"
	case "":
		return "the target responded", ""
	default:
		return string(f), ""
	}
}

// headersExceeded is what net/http says of a response header that is too large.
const headersExceeded = "server response headers exceeded"

// Classify returns the class of a transport error. givenUp means that the caller cancelled the
// exchange.
func Classify(givenUp bool, err error) Failure {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case err == nil:
		return ""
	case givenUp:
		return FailureCancelled
	case errors.Is(err, ErrNotLoopback):
		return FailureNotLoopback
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
	case strings.Contains(err.Error(), headersExceeded):
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

// isErrno compares with the portable error number and with that of Windows sockets.
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
