package main

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/profiles"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// profileFlags are what only some profiles need.
type profileFlags struct {
	RateSample   *time.Duration `help:"How long the profiles gallery and ipsie-al2 send 25 requests a second; 0 leaves it out (default: 10s on loopback, 0 elsewhere). Elsewhere, it needs --allow-rate." placeholder:"TIME"`
	LeaverProbe  string         `help:"Command or URL that succeeds while a person has access. It is tried before and after a user is disabled and deleted. A URL contains {userName} or {id}; a command gets SCIMDRILL_LEAVER_USERNAME and SCIMDRILL_LEAVER_ID." placeholder:"CMD|URL"`
	LeaverWithin time.Duration  `type:"above-zero" help:"How long access may live on after that." default:"60s" placeholder:"TIME"`
}

// sampled sets how long the request rate is measured.
func (f *profileFlags) sampled(o *conformance.Options, e *endpoint.Endpoint, allowed bool) error {
	const atHome = 10 * time.Second
	free := allowed || !e.External()
	switch {
	case f.RateSample == nil && free:
		o.Sample = atHome
	case f.RateSample == nil:
	case *f.RateSample > 0 && !free:
		return exit.Usage("if the operator of "+e.URL.Hostname()+" agrees, add --allow-rate",
			"--rate-sample sends 25 requests a second to a host that is not loopback; this needs --allow-rate")
	default:
		o.Sample = *f.RateSample
	}
	return nil
}

// credentials are the facts about the credentials of a run.
func credentials(e *endpoint.Endpoint) map[string]reports.TableRow {
	facts := map[string]reports.TableRow{}
	switch {
	case e.OAuth == nil:
	case e.OAuth.Federation != nil:
		facts[profiles.Credentials] = reports.TableRow{Verdict: reports.RowPassed, Why: "the run got its tokens by an assertion instead of a client secret"}
	case e.OAuth.RefreshToken != "":
		facts[profiles.Credentials] = reports.TableRow{Verdict: reports.RowFailed, Why: "the run used an administrator's consent (code grant), which the gallery no longer accepts"}
	default:
		facts[profiles.Credentials] = reports.TableRow{Verdict: reports.RowPassed, Why: "the run got its tokens with client id and secret"}
	}
	return facts
}

// tokenLife reads the lifetime of the first access token from the exchange with the token endpoint.
func tokenLife(e *endpoint.Endpoint, facts map[string]reports.TableRow) func(*exchange.Exchange) {
	var once sync.Once
	return func(x *exchange.Exchange) {
		var token struct {
			Life json.Number `json:"expires_in"`
		}
		if e.OAuth == nil || x.URL != e.OAuth.TokenURL || json.Unmarshal(x.ResponseBody, &token) != nil {
			return
		}
		seconds, err := token.Life.Int64()
		if err != nil {
			return
		}
		once.Do(func() {
			life, fact := time.Duration(seconds)*time.Second, reports.TableRow{Verdict: reports.RowFailed}
			if life >= time.Hour && life <= 6*time.Hour {
				fact.Verdict = reports.RowPassed
			}
			fact.Why = "the token of the run lives " + life.String()
			facts[profiles.TokenLife] = fact
		})
	}
}
