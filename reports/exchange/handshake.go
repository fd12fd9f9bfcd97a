package exchange

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
)

// What can be wrong with a handshake, as [Exchange.Why] has it.
const (
	whyExpired   = "the certificate has expired or is not valid yet"
	whyUsage     = "the certificate, or one in its chain, is not valid for this use"
	whyHost      = "the certificate is for another host than the URL"
	whyAuthority = "the certificate comes from an unknown authority, or an intermediate certificate is missing"
	whyPlain     = "the target does not support TLS on this port"
	whyVersion   = "the target does not support TLS 1.2 or newer"
	whyAborted   = "the target aborted the handshake"
)

// handshakeWhy describes a failed handshake without names and addresses, so that equal runs write
// equal logs.
func handshakeWhy(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return whyExpired
	case errors.As(err, &invalid):
		return whyUsage
	case errors.As(err, &host):
		return whyHost
	case errors.As(err, &authority):
		return whyAuthority
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return whyPlain
	case strings.Contains(err.Error(), "protocol version"):
		return whyVersion
	case errors.As(err, &alert), strings.Contains(err.Error(), "remote error: tls:"):
		return whyAborted
	}
	return ""
}

// HandshakeHint returns a hint for a failed handshake with the given [Exchange.Why].
func HandshakeHint(why string) string {
	switch why {
	case whyExpired:
		return "renew the certificate, and check the clock of this machine"
	case whyHost:
		return "the host of the tenant URL must be a subject alternative name of the certificate"
	case whyAuthority:
		return "send the intermediate certificates too; Entra trusts only public authorities; for a test, --ca-file FILE adds one"
	case whyPlain:
		return "use http://, or check the port"
	case whyVersion:
		return "enable TLS 1.2; Entra does not support older versions (W-138)"
	}
	_, hint := FailureTLS.Meaning()
	return hint
}
