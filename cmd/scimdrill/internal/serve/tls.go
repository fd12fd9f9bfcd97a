package serve

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// TLSFlags make a server speak https, HTTP/2 with those who ask for it.
type TLSFlags struct {
	TLSSelf string `name:"tls-self" help:"Serve https with a new certificate for loopback, written to FILE. Pass FILE as --ca-file to the other commands." placeholder:"FILE"`
	TLSCert string `name:"tls-cert" help:"Serve https with this certificate (PEM, followed by intermediates)." placeholder:"FILE"`
	TLSKey  string `name:"tls-key" help:"Private key of the certificate (PEM)." placeholder:"FILE"`

	made []byte // the certificate of --tls-self
}

// Config is nil for plain http. It writes nothing; Save does.
func (f *TLSFlags) Config(con *console.Console, listen string) (*tls.Config, error) {
	switch {
	case f.TLSSelf != "" && f.TLSCert+f.TLSKey != "":
		return nil, exit.Usage("omit one of them", "--tls-self excludes --tls-cert and --tls-key")
	case (f.TLSCert == "") != (f.TLSKey == ""):
		return nil, exit.Usage("pass both", "--tls-cert and --tls-key must be used together")
	}
	var pair tls.Certificate
	var err error
	switch {
	case f.TLSCert != "":
		if pair, err = tls.LoadX509KeyPair(f.TLSCert, f.TLSKey); err != nil {
			return nil, exit.Usage("`--tls-self FILE` creates one for loopback", "--tls-cert %s: %w", f.TLSCert, err)
		}
	case f.TLSSelf != "":
		host, _, _ := net.SplitHostPort(listen)
		if pair, f.made, err = SelfMade(Certificate{From: con.Now(), Names: []string{host}}); err != nil {
			return nil, exit.Broken("", "create a certificate: %w", err)
		}
	default:
		return nil, nil
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}}, nil
}

// Save writes the certificate of --tls-self. It is for a server that listens already: a start
// that fails must not replace the certificate of a running one (S2).
func (f *TLSFlags) Save() error {
	if f.made == nil {
		return nil
	}
	if err := wholefile.Write(f.TLSSelf, 0o644, f.made); err != nil {
		return exit.Usage("", "--tls-self: %w", err)
	}
	return nil
}

// Certificate says what is made: it counts for loopback and the names, for a month.
type Certificate struct {
	From  time.Time
	Names []string
	Only  bool // the names, and not loopback
}

// SelfMade makes a key and a certificate that signs itself; the text is its PEM. The key
// stays in the process.
func SelfMade(c Certificate) (pair tls.Certificate, text []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair, nil, fmt.Errorf("create a key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return pair, nil, fmt.Errorf("choose a serial number: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "scimdrill target"}, NotBefore: c.From.Add(-time.Hour), NotAfter: c.From.AddDate(0, 1, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, IsCA: true,
	}
	if !c.Only {
		template.DNSNames = []string{"localhost"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	for _, name := range c.Names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if name != "" && name != "localhost" {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return pair, nil, fmt.Errorf("sign a certificate: %w", err)
	}
	pair = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	return pair, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}
