package exchange

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
)

// handshakeWhy says more of a handshake that failed: a class and what to do, without names
// and addresses, so that equal runs log equal bytes.
func handshakeWhy(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate has expired, or is not valid yet"
	case errors.As(err, &invalid):
		return "the certificate, or one above it, may not be used for this"
	case errors.As(err, &host):
		return "the certificate is for another host than that of the URL"
	case errors.As(err, &authority):
		return "the certificate comes from an unknown authority, or one between is not sent with it"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "the target speaks no TLS at this port"
	case strings.Contains(err.Error(), "protocol version"):
		return "the target speaks no TLS 1.2 or newer"
	case errors.As(err, &alert), strings.Contains(err.Error(), "remote error: tls:"):
		return "the target broke the handshake off"
	}
	return ""
}

// HandshakeHint is what to do about a handshake that failed for a reason of [Exchange.Why].
func HandshakeHint(why string) string {
	switch {
	case strings.Contains(why, "has expired"):
		return "renew the certificate; is the clock of this machine right?"
	case strings.Contains(why, "another host"):
		return "the host of the tenant URL must be a subject alternative name of the certificate"
	case strings.Contains(why, "unknown authority"):
		return "send the intermediate certificates too; Entra trusts public authorities only, and for a test --ca-file FILE adds one"
	case strings.Contains(why, "speaks no TLS at"):
		return "is it http:// here, or another port?"
	case strings.Contains(why, "TLS 1.2"):
		return "switch TLS 1.2 on; Entra speaks nothing older (W-138)"
	}
	_, hint := FailureTLS.Meaning()
	return hint
}
