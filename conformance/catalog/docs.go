package catalog

import "strings"

// Site is the address of the documentation, with a slash at the end.
const Site = "https://scimdrill.github.io/scimdrill/"

// Docs returns the address of the section of the documentation about the check.
func (c Check) Docs() string { return Site + "reference/checks.html#" + strings.ToLower(string(c.ID)) }
