// Package postbox hands the notifications of a job to a mail server (SMTP). It needs no password:
// it is for a server on this machine, or one that --allow-host names.
package postbox

import (
	"context"
	"errors"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

// patience is how long one delivery may take.
const patience = 10 * time.Second

// Open returns the delivery to a mail server at HOST:PORT. An empty address delivers nothing. It sends
// nothing yet, and looks no name up.
func Open(address string, allowed []string) (outbox.Deliver, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // no server is no mistake
	}
	host, text, err := net.SplitHostPort(address)
	port, portErr := strconv.ParseUint(text, 10, 16)
	if err != nil || portErr != nil || host == "" || port == 0 {
		return nil, exit.Usage("for example --smtp 127.0.0.1:1025", "--smtp %q is not HOST:PORT", address)
	}
	if err := endpoint.MayMail(host, address, allowed); err != nil {
		return nil, err
	}
	policy := mail.TLSOpportunistic
	if endpoint.Loopback(host) {
		policy = mail.NoTLS
	}
	client, err := mail.NewClient(host, mail.WithPort(int(port)), mail.WithTLSPolicy(policy), mail.WithHELO("localhost"), mail.WithTimeout(patience))
	if err != nil {
		return nil, exit.Usage("", "--smtp %s: %w", address, err)
	}
	return func(ctx context.Context, m *mail.Msg) error { return deliver(ctx, client, m) }, nil
}

// deliver sends one mail. What is certainly not delivered is an *outbox.Refusal.
func deliver(ctx context.Context, client *mail.Client, m *mail.Msg) error {
	if err := client.DialWithContext(ctx); err != nil {
		return &outbox.Refusal{Err: err}
	}
	err := client.Send(m)
	_ = client.Close() // the mail is delivered or not
	if err == nil || m.IsDelivered() {
		return nil
	}
	if failed, ok := errors.AsType[*mail.SendError](err); ok && failed.Reason == mail.ErrSMTPDataClose && failed.ErrorCode() == 0 {
		return err // the server had all of it, and did not say what it does with it
	}
	return &outbox.Refusal{Err: err}
}
