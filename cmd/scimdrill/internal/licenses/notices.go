package licenses

import (
	_ "embed"
	"strings"
)

// Notices are the notices of all linked modules, for people.
//
//go:embed notices.txt
var notices string

// heading begins the notices of a component.
const heading = "=== "

// Notices returns the licence texts of all linked modules and of Go.
func Notices() string { return notices }

// Component is a module that is linked, with the SPDX expression of its licence.
type Component struct{ Name, Version, License string }

// Components lists what the notices are about, in their order.
func Components() []Component {
	var list []Component
	for line := range strings.SplitSeq(notices, "\n") {
		rest, ok := strings.CutPrefix(line, heading)
		if !ok {
			continue
		}
		name, rest, _ := strings.Cut(rest, " ")
		version, license, _ := strings.Cut(rest, " ")
		list = append(list, Component{name, version, strings.Trim(license, "()")})
	}
	return list
}
