package explain

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// script is a scenario under construction. Its people are made up: no value of the log gets in.
type script struct {
	users, groups     []string // entries of the tenant, in YAML's flow form
	inTarget, defects []string
	options           []string
	schema            []string // lines below schema
	timeline          []moment
	length            string
	expect            string // clause about the log
	ends              []string
	subject, kind     string
}

// moment is one event.
type moment struct{ at, what, value string }

func (s *script) event(at, what, value string) {
	s.timeline = append(s.timeline, moment{at, what, value})
}

// The names of the people in a scenario.
const (
	person    = "person"
	colleague = "colleague"
	team      = "team"
)

// text writes the scenario.
func (s *script) text(x *Explanation) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("title: %s", strconv.Quote(strings.TrimSuffix(x.Cause.What, ".")))
	line("story: |")
	line("  Made by scimdrill explain from an entry of a provisioning log: %s, %s%s.", word(string(x.Facts.Action)), word(string(x.Facts.Status)), s.code(x))
	line("  %s %s", x.Cause.What, x.Cause.Why)
	for _, r := range x.Cause.Remedies {
		line("  Remedy %s: %s", r.Place.Phrase(), r.Do)
	}
	line("  The people are made up. The scenario contains no value of the log.")
	line("rules: [%s]", strings.Join(x.Cause.Rules, ", "))
	line("profile: customappsso")
	line("options: {%s}", strings.Join(append([]string{`timeScale: "0"`}, s.options...), ", "))
	s.section(line, "schema", s.schema)
	if len(s.inTarget)+len(s.defects) > 0 {
		line("target:")
		if len(s.defects) > 0 {
			line("  defects: [%s]", strings.Join(s.defects, ", "))
		}
		s.list(line, "users", s.inTarget)
	}
	line("tenant:")
	s.list(line, "users", s.users)
	s.list(line, "groups", s.groups)
	line("for: %s", s.length)
	if len(s.timeline) > 0 {
		line("timeline:")
	}
	for _, m := range s.timeline {
		line("  - at: %s", m.at)
		line("    %s: %s", m.what, m.value)
	}
	line("expect:")
	line("  - why: the entry of the log comes again")
	line("    that:")
	line("      - %s", s.expect)
	if len(s.ends) > 0 {
		line("ends: [%s]", strings.Join(s.ends, ", "))
	}
	return []byte(b.String())
}

func (s *script) code(x *Explanation) string {
	switch {
	case x.Facts.Code != "":
		return ", " + word(x.Facts.Code)
	case x.Facts.Skip != "":
		return ", " + word(x.Facts.Skip)
	}
	return ""
}

// word is a word of the log with nothing but letters and digits: it stands in YAML.
func word(text string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, text)
}

func (s *script) section(line func(string, ...any), name string, list []string) {
	if len(list) == 0 {
		return
	}
	line("%s:", name)
	for _, l := range list {
		line("  %s", l)
	}
}

func (s *script) list(line func(string, ...any), name string, list []string) {
	if len(list) == 0 {
		return
	}
	line("  %s:", name)
	for _, l := range list {
		line("    - {%s}", l)
	}
}
