package licenses

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"runtime/debug"
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
	d := document{
		Version: "SPDX-2.3", DataLicense: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: "scimdrill-" + version,
		Namespace: "https://scimdrill.test/spdx/" + version + "-" + commit,
		Created:   creation{Created: created(info), Creators: []string{"Tool: scimdrill-" + version}},
	}
	for i, p := range contents(version, commit, info) {
		id := "SPDXRef-" + notInID.ReplaceAllString(p.name, "-")
		d.Packages = append(d.Packages, software{
			Name: p.name, ID: id, Version: p.version, Download: unstated, Concluded: p.license, Declared: p.license, Copyright: unstated, Comment: p.comment,
			External: []reference{{"PACKAGE-MANAGER", "purl", p.purl()}},
		})
		kind, from := "DESCRIBES", d.ID
		if i > 0 {
			kind, from = "CONTAINS", d.Packages[0].ID
		}
		d.Relationships = append(d.Relationships, relationship{from, kind, id})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("write the bill of materials: %w", err)
	}
	return nil
}
