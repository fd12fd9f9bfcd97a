package licenses

import (
	"runtime/debug"
	"time"
)

// unstated is the licence of what has no known one.
const unstated = "NOASSERTION"

// part is a module that a binary contains. The first part is the binary itself.
type part struct{ name, version, license, comment string }

func (p part) purl() string { return "pkg:golang/" + p.name + "@" + p.version }

// contents lists what a binary contains, with the licences that notices.txt knows.
func contents(version, commit string, info *debug.BuildInfo) []part {
	known := map[string]string{}
	for _, c := range Components() {
		known[c.Name] = c.License
	}
	parts := []part{{info.Main.Path, version, "Apache-2.0", "commit " + commit}, {"std", info.GoVersion, known["std"], ""}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		license, ok := known[m.Path]
		if !ok {
			license = unstated
		}
		parts = append(parts, part{m.Path, m.Version, license, m.Sum})
	}
	return parts
}

// created is the time of the commit of a binary. It depends on the build only.
func created(info *debug.BuildInfo) string {
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			return s.Value
		}
	}
	return time.Unix(0, 0).UTC().Format(time.RFC3339)
}
