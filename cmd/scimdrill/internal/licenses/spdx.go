package licenses

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"runtime/debug"
	"time"
)

// SPDX 2.3 (ISO/IEC 5962), as far as a bill of materials needs it.
type document struct {
	Version       string         `json:"spdxVersion"`
	DataLicense   string         `json:"dataLicense"`
	ID            string         `json:"SPDXID"`
	Name          string         `json:"name"`
	Namespace     string         `json:"documentNamespace"`
	Created       creation       `json:"creationInfo"`
	Packages      []software     `json:"packages"`
	Relationships []relationship `json:"relationships"`
}

type creation struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type software struct {
	Name      string      `json:"name"`
	ID        string      `json:"SPDXID"`
	Version   string      `json:"versionInfo"`
	Download  string      `json:"downloadLocation"`
	Analyzed  bool        `json:"filesAnalyzed"`
	Concluded string      `json:"licenseConcluded"`
	Declared  string      `json:"licenseDeclared"`
	Copyright string      `json:"copyrightText"`
	Comment   string      `json:"comment,omitempty"`
	External  []reference `json:"externalRefs"`
}

type reference struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type relationship struct {
	From string `json:"spdxElementId"`
	Type string `json:"relationshipType"`
	To   string `json:"relatedSpdxElement"`
}

var notInID = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// WriteSPDX writes the bill of materials of this binary. It depends on the build only: two equal
// builds write equal bytes.
func WriteSPDX(w io.Writer, version, commit string, info *debug.BuildInfo) error {
	known := map[string]string{}
	for _, c := range Components() {
		known[c.Name] = c.License
	}
	created := time.Unix(0, 0).UTC().Format(time.RFC3339)
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			created = s.Value
		}
	}
	d := document{
		Version: "SPDX-2.3", DataLicense: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: "scimdrill-" + version,
		Namespace: "https://scimdrill.test/spdx/" + version + "-" + commit,
		Created:   creation{Created: created, Creators: []string{"Tool: scimdrill-" + version}},
	}
	add := func(name, version, license, comment string) {
		id := "SPDXRef-" + notInID.ReplaceAllString(name, "-")
		d.Packages = append(d.Packages, software{
			Name: name, ID: id, Version: version, Download: "NOASSERTION", Concluded: license, Declared: license, Copyright: "NOASSERTION", Comment: comment,
			External: []reference{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + name + "@" + version}},
		})
		kind, from := "DESCRIBES", d.ID
		if len(d.Packages) > 1 {
			kind, from = "CONTAINS", d.Packages[0].ID
		}
		d.Relationships = append(d.Relationships, relationship{from, kind, id})
	}
	add(info.Main.Path, version, "Apache-2.0", "commit "+commit)
	add("std", info.GoVersion, known["std"], "")
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		license, ok := known[m.Path]
		if !ok {
			license = "NOASSERTION"
		}
		add(m.Path, m.Version, license, m.Sum)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	return nil
}
