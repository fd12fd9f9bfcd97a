package reports

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Share returns a copy of the report in which people and hosts have stable pseudonyms
// (decisions 4). The same name always has the same pseudonym, so that a reader can follow a
// person through the log.
//
// Names of people and groups come from the log and the escrows. E-mail addresses, hosts,
// telephone numbers and ids are recognized by their form. Bodies of requests and responses,
// curl commands and property values may contain personal data, so Share omits or hashes them.
// Values such as True are kept.
func (r *Report) Share() *Report {
	c := r.clone()
	p := newPseudonyms(c)
	c.Run.Command, c.Target.URL = p.text(c.Run.Command), p.text(c.Target.URL)
	for i := range c.Run.Options {
		c.Run.Options[i].Value = p.text(c.Run.Options[i].Value)
	}
	for i := range c.Target.Notes {
		c.Target.Notes[i] = p.text(c.Target.Notes[i])
	}
	if c.Simulation != nil {
		p.simulation(c.Simulation)
	}
	if c.Conformance != nil {
		p.conformance(c.Conformance)
	}
	c.Target.Notes = append(c.Target.Notes, "Shared form: people and hosts have pseudonyms; values and bodies are omitted.")
	return c
}

const leftOut = "omitted from the shared form"

// pseudonyms replaces names of people and hosts.
type pseudonyms struct {
	names *strings.Replacer
}

func newPseudonyms(r *Report) *pseudonyms {
	known := map[string]string{}
	add := func(kind, name string) {
		if len([]rune(name)) > 1 {
			known[name] = pseudonym(kind, name)
		}
	}
	if s := r.Simulation; s != nil {
		for _, job := range s.Jobs {
			for _, e := range job.Entries {
				add(e.ObjectType, e.SourceName)
			}
			for _, e := range job.Escrows {
				add(e.ObjectType, e.SourceName)
			}
		}
	}
	if u, err := url.Parse(r.Target.URL); err == nil && u.Hostname() != "" && !loopback(u.Hostname()) {
		known[u.Hostname()] = hostPseudonym(u.Hostname())
	}
	var names []string
	for name := range known {
		names = append(names, name)
	}
	// The longest goes first, so that a name inside of another does not break it.
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, name, known[name])
	}
	return &pseudonyms{strings.NewReplacer(pairs...)}
}

func pseudonym(kind, name string) string { return cmp.Or(kind, "Object") + "-" + short(name) }

func hostPseudonym(host string) string { return "host-" + short(strings.ToLower(host)) + ".example" }

// short is the same for the same name, in every report.
func short(name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte("scimdrill share\n" + name)) // a hash takes everything
	return fmt.Sprintf("%08x", uint32(h.Sum64()>>32))
}

func loopback(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

var (
	mailForm  = regexp.MustCompile(`[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+`)
	urlForm   = regexp.MustCompile(`(https?://)([^/\s"'?#\\:]+|\[[0-9a-fA-F:]+\])`)
	hostForm  = regexp.MustCompile(`(--allow-host[ =])('?)([^\s']+)`)
	phoneForm = regexp.MustCompile(`\+\d[\d ()./-]{6,}\d`)
	guidForm  = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// text replaces names and addresses in a sentence, a URL or a command.
func (p *pseudonyms) text(s string) string {
	s = mailForm.ReplaceAllStringFunc(s, func(m string) string { return "mail-" + short(strings.ToLower(m)) + "@shared.example" })
	s = urlForm.ReplaceAllStringFunc(s, func(m string) string {
		part := urlForm.FindStringSubmatch(m)
		if keptHost(part[2]) {
			return m
		}
		return part[1] + hostPseudonym(part[2])
	})
	s = hostForm.ReplaceAllStringFunc(s, func(m string) string {
		part := hostForm.FindStringSubmatch(m)
		return part[1] + part[2] + hostPseudonym(part[3])
	})
	s = phoneForm.ReplaceAllString(s, "+1 555 0100")
	s = guidForm.ReplaceAllStringFunc(s, func(m string) string { return "id-" + short(strings.ToLower(m)) })
	return p.names.Replace(s)
}

// keptHost is a host that tells nothing about anybody: loopback, a document, or a pseudonym.
func keptHost(host string) bool {
	host = strings.ToLower(strings.Trim(host, "[]"))
	return loopback(host) || slices.Contains([]string{"www.rfc-editor.org", "learn.microsoft.com"}, host)
}

// value keeps a value only if it reveals nothing about a person.
func (p *pseudonyms) value(s string) string {
	if s == "" || slices.Contains([]string{"true", "false", "{}"}, strings.ToLower(s)) {
		return s
	}
	return "value-" + short(s)
}
