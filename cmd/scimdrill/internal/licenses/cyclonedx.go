package licenses

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// CycloneDX 1.6 (ECMA-424), as far as a bill of materials needs it.
type bom struct {
	Schema       string          `json:"$schema"`
	Format       string          `json:"bomFormat"`
	Spec         string          `json:"specVersion"`
	Version      int             `json:"version"`
	Metadata     bomMetadata     `json:"metadata"`
	Components   []bomComponent  `json:"components"`
	Dependencies []bomDependency `json:"dependencies"`
}

type bomMetadata struct {
	Timestamp string       `json:"timestamp"`
	Component bomComponent `json:"component"`
}

type bomComponent struct {
	Type       string        `json:"type"`
	Ref        string        `json:"bom-ref"`
	Name       string        `json:"name"`
	Version    string        `json:"version"`
	Licenses   []bomLicense  `json:"licenses,omitempty"`
	PURL       string        `json:"purl"`
	Properties []bomProperty `json:"properties,omitempty"`
}

type bomLicense struct {
	License    *bomLicenseID `json:"license,omitempty"`
	Expression string        `json:"expression,omitempty"`
}

type bomLicenseID struct {
	ID string `json:"id"`
}

type bomProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type bomDependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

// WriteCycloneDX writes the same bill of materials as WriteSPDX in the other format. It has no
// serial number, because it depends on the build only.
func WriteCycloneDX(w io.Writer, version, commit string, info *debug.BuildInfo) error {
	parts := contents(version, commit, info)
	main := component(parts[0], "application")
	b := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Version: 1,
		Metadata: bomMetadata{Timestamp: created(info), Component: main}, Components: []bomComponent{},
	}
	dependency := bomDependency{Ref: main.Ref, DependsOn: []string{}}
	for _, p := range parts[1:] {
		c := component(p, "library")
		b.Components = append(b.Components, c)
		dependency.DependsOn = append(dependency.DependsOn, c.Ref)
	}
	b.Dependencies = []bomDependency{dependency}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(b); err != nil {
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	return nil
}

func component(p part, kind string) bomComponent {
	c := bomComponent{Type: kind, Ref: p.purl(), Name: p.name, Version: p.version, PURL: p.purl()}
	switch {
	case p.license == unstated:
	case strings.Contains(p.license, " "):
		c.Licenses = []bomLicense{{Expression: p.license}}
	default:
		c.Licenses = []bomLicense{{License: &bomLicenseID{p.license}}}
	}
	if p.comment != "" {
		c.Properties = []bomProperty{{"scimdrill:source", p.comment}}
	}
	return c
}
