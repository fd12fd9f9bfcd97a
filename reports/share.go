package reports

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/alias"
)

// Share returns a copy of the report in which people and hosts have pseudonyms (decisions 4).
// The same name has the same pseudonym everywhere in the copy, so that a reader can follow a
// person through the log. The key must be random. A caller that does not keep it makes it
// impossible to test guesses of names. Copies with different keys have different pseudonyms.
//
// Names of people and groups come from the log and the escrows. E-mail addresses, hosts,
// telephone numbers and ids are recognized by their form. Bodies of requests and responses,
// curl commands and property values may contain personal data, so Share omits or replaces them.
// Values such as True are kept.
func (r *Report) Share(key [32]byte) *Report {
	c := r.clone()
	p := newPseudonyms(c, alias.New(alias.Secret(key)))
	c.Run.Command, c.Target.URL = p.command(c.Run.Command), p.text(c.Target.URL)
	for i, o := range c.Run.Options {
		c.Run.Options[i].Value = p.option(o.Name, o.Value)
	}
	for i := range c.Target.Notes {
		c.Target.Notes[i] = p.text(c.Target.Notes[i])
	}
	if c.Simulation != nil {
		p.simulation(c.Simulation)
	}
	if c.Replay != nil {
		p.replay(c.Replay)
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
	words *alias.Words
	names *strings.Replacer
}

func newPseudonyms(r *Report, words *alias.Words) *pseudonyms {
	p := &pseudonyms{words: words}
	known := map[string]string{}
	add := func(kind, name string) {
		if len([]rune(name)) > 1 {
			known[name] = words.Tag(cmp.Or(kind, "Object"), name)
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
		if s.EndState != nil {
			for _, d := range s.EndState.Differences {
				add(d.ObjectType, d.SourceName)
				add("", d.Other)
			}
		}
	}
	if u, err := url.Parse(r.Target.URL); err == nil && u.Hostname() != "" && !loopback(u.Hostname()) {
		known[u.Hostname()] = p.host(u.Hostname())
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
	p.names = strings.NewReplacer(pairs...)
	return p
}

func (p *pseudonyms) host(host string) string { return p.words.Tag("host", host) + ".example" }

func loopback(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

// forms are what is recognized by its form: mail, URL, --allow-host, telephone, GUID.
var forms = regexp.MustCompile(`(?P<mail>[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+)` +
	`|(?P<scheme>https?://)(?P<host>[^/\s"'?#\\:]+|\[[0-9a-fA-F:]+\])` +
	`|(?P<flag>--allow-host[ =]'?)(?P<allowed>[^\s']+)` +
	`|(?P<phone>\+\d[\d ()./-]{6,}\d)` +
	`|(?i:` + alias.GUID + `)`)

// text replaces names and addresses in a sentence, a URL or a command. Names are replaced only
// between the forms, because a short name can be part of a pseudonym.
func (p *pseudonyms) text(s string) string {
	var b strings.Builder
	done := 0
	for _, at := range forms.FindAllStringIndex(s, -1) {
		b.WriteString(p.names.Replace(s[done:at[0]]))
		b.WriteString(p.form(s[at[0]:at[1]]))
		done = at[1]
	}
	b.WriteString(p.names.Replace(s[done:]))
	return b.String()
}

// form replaces one form.
func (p *pseudonyms) form(s string) string {
	match := forms.FindStringSubmatch(s)
	part := func(name string) string { return match[forms.SubexpIndex(name)] }
	switch {
	case part("mail") != "":
		return p.words.Tag("mail", s) + "@shared.example"
	case part("host") != "" && keptHost(part("host")):
		return s
	case part("host") != "":
		return part("scheme") + p.host(part("host"))
	case part("allowed") != "":
		return part("flag") + p.host(part("allowed"))
	case part("phone") != "":
		return "+1 555 0100"
	}
	return p.id(s)
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
	return p.words.Tag("value", s)
}
