package console

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

const (
	// sayEvery is how often a phase says how far it is where nothing can be drawn.
	sayEvery = 10 * time.Second
	// unsaid is how long a phase without a known end may take and leave no line.
	unsaid = 2 * time.Second
)

// Position is how far a phase is.
type Position struct {
	Phase string
	Done  int64
	Total int64  // 0 is unknown
	Unit  string // what is counted, where the phase does not say it
	// Text is said instead of done and total, which then only fill the bar.
	Text string
	// Share is how much of the time has passed, from 0 to 1, where done and total do not tell; 0 is unknown.
	Share float64
	// Whole says that time and requests count from the beginning of the run.
	Whole bool
}

// reached says how far that is: "12,000/20,000", "3 of 8 groups".
func (at Position) reached(of string) string {
	if at.Text != "" {
		return at.Text
	}
	text := Grouped(at.Done)
	if at.Total > 0 {
		text += of + Grouped(at.Total)
	}
	return strings.TrimSpace(text + " " + at.Unit)
}

// Progress tells people how far a run is: on a terminal one line a phase, which mpb draws;
// elsewhere a plain line at the end of a phase, and now and then in a long one.
type Progress struct {
	con     *Console
	Virtual func() time.Time // nil if there is no virtual time
	start   time.Time        // of the run
	earlier int64            // requests before the run

	mu     sync.Mutex
	at     atomic.Pointer[Position] // nil between phases; who draws reads it without mu
	began  time.Time
	before int64     // requests before the phase
	above  io.Writer // where lines for people go
	timer  *time.Timer
	close  func() // ends what shows the phase, and leaves a clean line
}

// Progress follows a run. While a phase is under way, what is said goes through it.
func (con *Console) Progress() *Progress {
	return &Progress{con: con, above: con.Stderr, start: con.Now(), earlier: con.sent.Load()}
}

// Step says how far a phase is.
func (p *Progress) Step(phase string, done, total int64) {
	p.Move(Position{Phase: phase, Done: done, Total: total})
}

// Move is step with all that can be said. Another phase ends the one before.
func (p *Progress) Move(at Position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := p.at.Load(); last != nil && last.Phase == at.Phase {
		p.at.Store(&at)
		return
	}
	p.finish()
	p.began, p.before = p.con.Now(), p.con.sent.Load()
	if at.Whole {
		p.began, p.before = p.start, p.earlier
	}
	p.at.Store(&at)
	p.con.bar = p
	if p.con.live() {
		p.draw(at.Phase)
		return
	}
	p.timer = time.AfterFunc(sayEvery, p.say)
	p.close = func() { p.timer.Stop() }
}

// draw has mpb draw the line of a phase, several times a second, as wide as the terminal is.
// mpb moves the cursor itself, so it alone writes without a guard, and gets no text without one.
func (p *Progress) draw(phase string) {
	container := mpb.New(mpb.WithOutput(p.con.drawn), mpb.ForceTTY(), mpb.WithAutoRefresh(),
		mpb.WithRefreshRate(100*time.Millisecond), mpb.WithWidth(p.con.errWidth()))
	hashes := mpb.BarStyle().Filler("#").Tip("#").Build()
	bar, _ := container.Add(0, mpb.BarFillerFunc(func(w io.Writer, s decor.Statistics) error {
		at := p.at.Load()
		if at.Total == 0 {
			return nil
		}
		s.Current, s.Total = at.Done, at.Total
		return hashes.Fill(w, s)
	}), mpb.BarWidth(24),
		mpb.PrependDecorators(decor.Name(outside.Line(phase), decor.WC{W: 19, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return outside.Line(p.facts("/", "  ") + p.left("  ")) })))
	p.above, p.close = outside.NewGuard(container, false), func() {
		bar.Abort(true)
		container.Wait()
		p.above = p.con.Stderr
	}
}

// facts are what is worth knowing about a phase under way, the most important first: mpb
// cuts what a terminal has no room for.
func (p *Progress) facts(of, between string) string {
	elapsed, sent := p.con.Now().Sub(p.began), p.con.sent.Load()-p.before
	list := []string{p.at.Load().reached(of)}
	if sent > 0 {
		list = append(list, Grouped(int64(float64(sent)/max(elapsed.Seconds(), 0.001)+0.5))+" req/s")
	}
	if p.Virtual != nil {
		list = append(list, p.Virtual().UTC().Format("2 Jan 15:04"))
	}
	if sent == 0 || p.Virtual == nil {
		list = append(list, spent(elapsed))
	}
	return strings.Join(list, between)
}

// left estimates how long a phase on real time will still take, once it has gone on long enough to tell.
func (p *Progress) left(between string) string {
	const early = 5 * time.Second
	at, elapsed := p.at.Load(), p.con.Now().Sub(p.began)
	if p.Virtual != nil || at.Total == 0 || at.Done == 0 || at.Done >= at.Total || elapsed < early {
		return ""
	}
	share := at.Share
	if share == 0 {
		share = float64(at.Done) / float64(at.Total)
	}
	rest := time.Duration(float64(elapsed) * (1 - share) / share)
	return between + "~" + rest.Round(time.Second).String() + " left"
}

// say says how far a phase is where nothing can be drawn, and comes back.
func (p *Progress) say() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := p.at.Load(); at != nil {
		_, _ = fmt.Fprintf(p.above, "%s so far: %s\n", outside.Args([]any{at.Phase, p.facts(" of ", ", ") + p.left(", ")})...)
		p.timer.Reset(sayEvery)
	}
}

// Line prints a line for people; the line of a phase goes on below it.
func (p *Progress) Line(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text = outside.Line(text)
	if p.con.live() {
		text = strings.Join(layout.Fold(text, p.con.errWidth(), 2), "\n  ")
	}
	_, _ = fmt.Fprintln(p.above, text)
}

// End closes the phase under way; what follows begins on a clean line.
func (p *Progress) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

// finish leaves a last line about the phase under way.
func (p *Progress) finish() {
	at := p.at.Load()
	if at == nil {
		return
	}
	p.close()
	elapsed, sent := p.con.Now().Sub(p.began), p.con.sent.Load()-p.before
	if at.Total > 0 || elapsed >= unsaid {
		text := at.Phase + ": " + at.reached(" of ")
		if sent > 0 {
			text += ", " + Counted(sent, "request")
		}
		_, _ = fmt.Fprintln(p.con.Stderr, outside.Line(text+", "+spent(elapsed)))
	}
	p.at.Store(nil)
	p.con.bar = nil
}
