package reports

import "strings"

// option returns the value of an option. Paths, names and headers tell who ran the program, so only
// values that cannot are kept.
func (p *pseudonyms) option(name, value string) string {
	switch name {
	case "target", "allow-host", "oauth-token-url":
		return p.text(value)
	case "adopt-existing", "allow-rate", "anonymous", "check", "clock", "cycles", "dialect", "feature", "for", "format", "generate", "insecure-http",
		"insecure-skip-verify", "interval", "keep", "label-filter", "level", "oauth-federation", "oauth-in-body", "parallel", "plan", "profile", "rate",
		"restart", "scope", "seed", "settle", "timeout", "transcript":
		return p.text(value)
	case "scenario":
		if !strings.ContainsAny(value, `/\.`) { // a built-in one
			return value
		}
	}
	if value == "" {
		return ""
	}
	return p.words.Tag("value", value)
}

// command replaces the values of the options in a command line.
func (p *pseudonyms) command(line string) string {
	parts := strings.Split(line, " --")
	for i := range parts[1:] {
		name, value, given := strings.Cut(parts[i+1], " ")
		if name == "allow-host" { // found by its form
			parts[i+1] = strings.TrimPrefix(p.text("--"+parts[i+1]), "--")
		} else if given {
			parts[i+1] = name + " " + p.option(name, value)
		}
	}
	parts[0] = p.text(parts[0])
	return strings.Join(parts, " --")
}
