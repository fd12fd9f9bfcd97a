package licenses_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/licenses"
)

var update = flag.Bool("update", false, "write notices.txt")

// linked is a module that is linked on some system, with the folders of its linked packages.
type linked struct {
	name, version, root string
	folders             []string
}

// TestNoticesAreCurrent compares notices.txt with what is linked (S11).
func TestNoticesAreCurrent(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, m := range modules(t) {
		texts := m.texts(t)
		if len(texts) == 0 {
			t.Errorf("%s has no licence", m.name)
			continue
		}
		fmt.Fprintf(&b, "=== %s %s (%s)\n\n%s\n\n", m.name, m.version, kind(texts), strings.Join(texts, "\n\n"))
	}
	if *update {
		if err := os.WriteFile("notices.txt", []byte(b.String()), 0o644); err != nil { //nolint:gosec // a file of the repository
			t.Fatal(err)
		}
		return
	}
	if b.String() != licenses.Notices() {
		t.Error("notices.txt is not what is linked; run `make licenses`, and review the difference")
	}
}

// TestLicensesAreAccepted: everything that is linked may be given on under the terms of this list.
func TestLicensesAreAccepted(t *testing.T) {
	t.Parallel()
	accepted := []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unlicense", "blessing"}
	for _, c := range licenses.Components() {
		for license := range strings.SplitSeq(c.License, " AND ") {
			if !slices.Contains(accepted, license) {
				t.Errorf("%s %s is under %s, which is not one of %v", c.Name, c.Version, license, accepted)
			}
		}
	}
	for _, text := range []string{"GNU AFFERO GENERAL PUBLIC LICENSE", "GNU General Public License", "GNU LESSER GENERAL PUBLIC", "Mozilla Public"} {
		if got := kind([]string{text + ". Permission is hereby granted, free of charge"}); slices.Contains(accepted, got) {
			t.Errorf("%q counts as %s", text, got)
		}
	}
}

// modules lists the linked modules of all systems that are built for, and the standard library.
func modules(t *testing.T) []*linked {
	t.Helper()
	root := strings.TrimSpace(goTool(t, "", "env", "GOROOT"))
	found := map[string]*linked{"std": {name: "std", version: "go", root: root, folders: []string{root}}}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := goTool(t, system, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}|{{.Version}}|{{.Dir}}|{{$.Dir}}{{end}}{{end}}", "../..")
		for line := range strings.Lines(list) {
			part := strings.Split(strings.TrimSpace(line), "|")
			if len(part) != 4 {
				continue
			}
			m := found[part[0]]
			if m == nil {
				m = &linked{name: part[0], version: part[1], root: part[2]}
				found[part[0]] = m
			}
			for dir := part[3]; ; dir = filepath.Dir(dir) {
				if !slices.Contains(m.folders, dir) {
					m.folders = append(m.folders, dir)
				}
				if dir == m.root || len(dir) < len(m.root) {
					break
				}
			}
		}
	}
	var all []*linked
	for _, m := range found {
		slices.Sort(m.folders)
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *linked) int { return cmp.Compare(a.name, b.name) })
	return all
}

func goTool(t *testing.T, system string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", args...)
	if c.Env = append(os.Environ(), "CGO_ENABLED=0"); system != "" {
		c.Env = append(c.Env, "GOOS="+system, "GOARCH=amd64")
	}
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go %v: %v", args, err)
	}
	return string(out)
}

// texts are the licences and notices of the module and of the code that it contains.
func (m *linked) texts(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, dir := range m.folders {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := strings.ToUpper(e.Name())
			if e.IsDir() || strings.HasSuffix(name, ".GO") || strings.Contains(name, "LOGO") ||
				!strings.Contains(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasPrefix(name, "NOTICE") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			clean := strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))
			if !slices.Contains(texts, clean) {
				texts = append(texts, clean)
			}
		}
	}
	return texts
}

// kind recognizes licences by their sentences.
func kind(texts []string) string {
	all := strings.ToLower(strings.Join(strings.Fields(strings.Join(texts, "\n")), " "))
	var kinds []string
	add := func(kind string, found bool) {
		if found {
			kinds = append(kinds, kind)
		}
	}
	add("GPL or similar", strings.Contains(all, "general public") || strings.Contains(all, "server side public") || strings.Contains(all, "mozilla public"))
	add("Apache-2.0", strings.Contains(all, "apache license") && strings.Contains(all, "version 2.0"))
	conditions := strings.Contains(all, "redistribution and use in source and binary forms")
	endorse := strings.Contains(all, "endorse or promote")
	add("BSD-2-Clause", conditions && !endorse)
	add("BSD-3-Clause", conditions && endorse)
	add("MIT", strings.Contains(all, "permission is hereby granted, free of charge"))
	add("ISC", strings.Contains(all, "permission to use, copy, modify, and/or distribute"))
	add("Unlicense", strings.Contains(all, "released into the public domain"))
	add("blessing", strings.Contains(all, "dedicated to the public domain") || strings.Contains(all, "in the public domain and"))
	if len(kinds) == 0 {
		return "unknown"
	}
	return strings.Join(kinds, " AND ")
}

func TestSPDX(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Path: "github.com/scimdrill/scimdrill"}}
	for _, c := range licenses.Components() {
		if c.Name != "std" {
			info.Deps = append(info.Deps, &debug.Module{Path: c.Name, Version: c.Version, Sum: "h1:x"})
		}
	}
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := licenses.WriteSPDX(b, "v1", "abc", info); err != nil {
			t.Fatal(err)
		}
	}
	var d struct {
		SpdxVersion   string
		Packages      []struct{ Name, SPDXID, LicenseDeclared string }
		Relationships []struct{ RelationshipType string }
	}
	if err := json.Unmarshal(one.Bytes(), &d); err != nil || one.String() != two.String() {
		t.Fatalf("%v, equal %v", err, one.String() == two.String())
	}
	ids := map[string]bool{}
	for _, p := range d.Packages {
		if ids[p.SPDXID] || p.LicenseDeclared == "" || p.LicenseDeclared == "NOASSERTION" {
			t.Errorf("package %+v", p)
		}
		ids[p.SPDXID] = true
	}
	if d.SpdxVersion != "SPDX-2.3" || len(d.Packages) != len(licenses.Components())+1 || len(d.Relationships) != len(d.Packages) {
		t.Errorf("%s, %d packages, %d relationships", d.SpdxVersion, len(d.Packages), len(d.Relationships))
	}
}

// CycloneDX names the same parts as SPDX, with the same licences.
func TestCycloneDX(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Path: "github.com/scimdrill/scimdrill"}}
	want := map[string]string{"std": ""}
	for _, c := range licenses.Components() {
		want[c.Name] = c.License
		if c.Name != "std" {
			info.Deps = append(info.Deps, &debug.Module{Path: c.Name, Version: c.Version, Sum: "h1:x"})
		}
	}
	var b bytes.Buffer
	if err := licenses.WriteCycloneDX(&b, "v1", "abc", info); err != nil {
		t.Fatal(err)
	}
	var d struct {
		BomFormat, SpecVersion string
		Metadata               struct {
			Component struct{ Name, Version string }
		}
		Components []struct {
			Name     string
			Licenses []struct {
				Expression string
				License    struct{ ID string }
			}
		}
		Dependencies []struct{ DependsOn []string }
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.BomFormat != "CycloneDX" || d.SpecVersion != "1.6" || d.Metadata.Component.Version != "v1" || len(d.Dependencies[0].DependsOn) != len(want) {
		t.Errorf("%+v", d)
	}
	for _, c := range d.Components {
		if got := c.Licenses[0].Expression + c.Licenses[0].License.ID; got != want[c.Name] {
			t.Errorf("%s is under %q, want %q", c.Name, got, want[c.Name])
		}
		delete(want, c.Name)
	}
	if len(want) > 0 {
		t.Errorf("%v are missing", want)
	}
}
