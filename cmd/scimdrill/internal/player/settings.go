package player

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Flags say what is sent, when, and what must hold.
type Flags struct {
	Stream   string `help:"Stream to send: requests.jsonl or exchanges.har of a recording, or its folder, a HAR file of a browser, or an access log." placeholder:"FILE"`
	Generate string `help:"Send the requests of an initial cycle for a generated directory, such as users=1000,groups=50." placeholder:"COUNTS"`
	Dialect  string `help:"With --generate: how changes become requests: legacy, optscim or customappsso." placeholder:"NAME"`

	LoadProfile string        `name:"profile" help:"Load profile; see --list-profiles (default: as recorded with --stream, entra-gallery with --generate)." placeholder:"NAME"`
	Rate        string        `help:"Requests per second and tenant: 25/s; steps: '10/s for 1m, 50/s for 10s, 10/s'; a slope: '10/s..100/s for 5m'; with 'repeat' at the end, over and over." placeholder:"RATE"`
	Speed       string        `help:"Send as recorded, faster by this factor, such as 10x or 0.5x." placeholder:"FACTOR"`
	Ramp        time.Duration `type:"above-zero" help:"Time in which the rate rises from zero." placeholder:"TIME"`
	Duration    time.Duration `type:"above-zero" help:"Stop after this time, even if the stream goes on." placeholder:"TIME"`
	WarmUp      time.Duration `type:"above-zero" help:"Time at the beginning that is left out of the figures." placeholder:"TIME"`
	Concurrency int           `help:"Requests under way: exactly, with --profile max or okta-import; at most, otherwise (default: 16, 1 and 512)." placeholder:"N"`
	Shard       string        `help:"Send part i of n of the stream, such as 1/4, so that n machines share it." placeholder:"I/N"`
	StartAt     time.Time     `help:"Begin at this time, so that shards on several machines begin together, such as 2026-03-02T08:00:00Z." placeholder:"TIME"`
	Retry       string        `help:"What a 429 or 503 with Retry-After does: honour sends the request again; count only counts it." enum:"honour,count" default:"count"`
	FailIf      string        `help:"Conditions that fail the run, such as 'p99>250ms,errors>0.1%,lag>5ms' or 'p95(POST /Users)>1s'." placeholder:"CONDITIONS" sep:"none"`

	FindMax string        `help:"Find the highest rate at which conditions hold, such as 'p99<500ms,errors<0.1%'. The rate doubles from --rate, and is then narrowed down." placeholder:"CONDITIONS" sep:"none"`
	Step    time.Duration `type:"above-zero" help:"With --find-max: time for which a rate near the limit is sent." default:"10s" placeholder:"TIME"`

	Resume bool `help:"Go on with the replay in --out that was stopped or killed: what it sent is not sent again."`

	Compare string `help:"Show the figures beside those of an earlier replay in this folder." placeholder:"DIR"`

	Export string `help:"Write the stream to --out for another program instead of sending it: k6 (a script with its data)." placeholder:"FORM"`

	Verify string `help:"Compare what the target holds at the end with what the writes of the stream should have left: all, sample=N or off." default:"all" placeholder:"SCOPE"`

	TenantTokenFile string `help:"File with the bearer tokens of several tenants, one a line: TOKEN, or NAME TOKEN, or NAME TOKEN URL. Each tenant gets the requests that name it, and those that name no tenant." placeholder:"FILE" group:"Target"`
	AdoptExisting   bool   `help:"Also change objects on a host that is not loopback that this run did not create." group:"Target"`
}

// the default numbers of requests under way.
const (
	closedConcurrency = 16
	openConcurrency   = 512
)

// plan is what the flags say, checked.
type plan struct {
	profile     profile
	schedule    replay.Schedule
	shown       string // the schedule, for people
	concurrency int
	tenants     int // that the profile asks for; 0: as given
	shard       replay.Shard
	thresholds  []measure.Threshold
	demands     []measure.Threshold // of --find-max
	first       float64             // rate of --find-max
}

// plan checks the flags. Nothing is read or sent.
func (f *Flags) plan() (*plan, error) {
	if (f.Stream == "") == (f.Generate == "") {
		return nil, exit.Usage("for example --stream requests.jsonl, or --generate users=1000,groups=50", "exactly one of --stream and --generate is needed")
	}
	p := &plan{}
	if err := f.when(p); err != nil {
		return nil, err
	}
	p.concurrency = f.Concurrency
	switch {
	case f.Concurrency < 0:
		return nil, exit.Usage("", "--concurrency must be at least 1")
	case f.Concurrency == 0 && p.schedule.Closed():
		p.concurrency = cmp.Or(p.profile.lanes, closedConcurrency)
	case f.Concurrency == 0:
		p.concurrency = openConcurrency
	}
	if f.WarmUp > 0 && f.Duration > 0 && f.WarmUp >= f.Duration {
		return nil, exit.Usage("", "--warm-up must be shorter than --duration")
	}
	var err error
	if f.Shard != "" {
		if p.shard, err = replay.ParseShard(f.Shard); err != nil {
			return nil, exit.Usage("", "--%w", err)
		}
	}
	if conditions := f.FailIf; conditions != "" || p.profile.failIf != "" {
		if conditions == "" {
			conditions = p.profile.failIf
		}
		if p.thresholds, err = measure.ParseThresholds(conditions); err != nil {
			return nil, exit.Usage("", "--fail-if: %w", err)
		}
	}
	return p, nil
}

var errTwoRates = errors.New("--rate, --speed and --profile exclude each other")

// when decides when requests are due.
func (f *Flags) when(p *plan) (err error) {
	given := 0
	for _, text := range []string{f.Rate, f.Speed, f.LoadProfile} {
		if text != "" {
			given++
		}
	}
	name := f.LoadProfile
	if f.FindMax != "" {
		return f.checkFindMax(p)
	}
	if given == 0 && f.Generate != "" {
		name = "entra-gallery"
	}
	switch {
	case given > 1:
		return exit.Usage("omit all but one", "%w", errTwoRates)
	case f.Rate != "":
		if p.schedule, err = replay.ParseRate(f.Rate); err != nil {
			return exit.Usage("", "--%w", err)
		}
		p.shown = f.Rate
	case name != "":
		if p.profile, p.tenants, err = find(name); err != nil {
			return exit.Usage("`scimdrill replay --list-profiles` lists the profiles", "--profile: %w", err)
		}
		if p.schedule, err = p.profile.schedule(); err != nil {
			return exit.Usage("", "%w", err)
		}
		if p.shown = p.profile.rate; p.profile.closed {
			p.shown = "as fast as the target responds"
		}
	default:
		factor, err := speed(f.Speed)
		if err != nil {
			return err
		}
		p.schedule, p.shown = replay.AsRecorded(factor), "as recorded"
		if factor != 1 {
			p.shown = fmt.Sprintf("as recorded, %v times as fast", factor)
		}
		if f.Generate != "" {
			return exit.Usage("use --rate or --profile", "--speed needs a recording: generated requests have no times")
		}
	}
	if f.Ramp > 0 {
		if p.schedule.Closed() || p.schedule.Peak() == 0 {
			return exit.Usage("use --rate or a --profile with a rate", "--ramp needs a rate")
		}
		p.schedule, p.shown = p.schedule.Ramp(f.Ramp), p.shown+", after a ramp of "+f.Ramp.String()
	}
	return nil
}

// speed reads 10x.
func speed(text string) (float64, error) {
	if text == "" {
		return 1, nil
	}
	factor, err := strconv.ParseFloat(strings.TrimSuffix(text, "x"), 64)
	if err != nil || !(factor > 0 && factor <= 1e6) {
		return 0, exit.Usage("for example --speed 10x", "--speed %q is not a factor above zero", text)
	}
	return factor, nil
}

// ListProfiles prints the load profiles.
func ListProfiles(con *console.Console) {
	for _, p := range profiles() {
		text := p.meaning
		if p.rate != "" {
			text += "; " + p.rate
		}
		if p.failIf != "" {
			text += "; fails if " + p.failIf
		}
		con.Row(fmt.Sprintf("%-15s  ", p.name), text)
	}
}

// spacing keeps requests apart on a host that others use, unless somebody allows more. told says
// so where the schedule is faster.
func spacing(e *endpoint.Endpoint, s replay.Schedule, tenants int, allowed bool) (least time.Duration, err error) {
	if !e.External() || allowed {
		return 0, nil
	}
	rate, err := endpoint.MayHurry(e.URL, s.Peak()*float64(tenants), allowed)
	if err != nil {
		return 0, err
	}
	if s.Peak() > 0 {
		return 0, nil
	}
	return time.Duration(float64(time.Second) / rate), nil
}
