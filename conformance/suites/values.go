package suites

import "github.com/scimdrill/scimdrill/conformance/resource"

// element returns the element of a multi-valued attribute with the given type, or nil.
func element(body map[string]any, attribute, kind string) map[string]any {
	return resource.Element(body, attribute, kind)
}

func inner(body map[string]any, name string) map[string]any {
	m, _ := body[resource.Key(body, name)].(map[string]any)
	return m
}

// manager is the path of the manager.
const manager = enterprise + ":manager"
