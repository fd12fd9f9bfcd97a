package exchange

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
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
		return "the certificate has expired or is not valid yet"
	case errors.As(err, &invalid):
		return "the certificate, or one in its chain, is not valid for this use"
	case errors.As(err, &host):
		return "the certificate is for another host than the URL"
	case errors.As(err, &authority):
		return "the certificate comes from an unknown authority, or an intermediate certificate is missing"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "the target does not support TLS on this port"
	case strings.Contains(err.Error(), "protocol version"):
		return "the target does not support TLS 1.2 or newer"
	case errors.As(err, &alert), strings.Contains(err.Error(), "remote error: tls:"):
		return "the target aborted the handshake"
	}
	return ""
}

// HandshakeHint returns a hint for a failed handshake with the given [Exchange.Why].
func HandshakeHint(why string) string {
	switch {
	case strings.Contains(why, "has expired"):
		return "renew the certificate, and check the clock of this machine"
	case strings.Contains(why, "another host"):
		return "the host of the tenant URL must be a subject alternative name of the certificate"
	case strings.Contains(why, "unknown authority"):
		return "send the intermediate certificates too; Entra trusts only public authorities; for a test, --ca-file FILE adds one"
	case strings.Contains(why, "support TLS on"):
		return "use http://, or check the port"
	case strings.Contains(why, "TLS 1.2"):
		return "enable TLS 1.2; Entra does not support older versions (W-138)"
	}
	_, hint := FailureTLS.Meaning()
	return hint
}
