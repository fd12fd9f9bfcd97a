package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// largestKnot bounds how many files of one package may reach each other: beyond it a
// package has no inner walls, and a reader has to know all of it to change a part.
const largestKnot = 25

// TestKnots prints, for each package, the largest set of files that reach each other by
// what they use of one another, and holds it below a bound. Run it with -v to read it.
func TestKnots(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	exports := exportData(packages)
	seen := 0
	for _, p := range packages {
		if p.Standard || !strings.HasPrefix(p.ImportPath, module) || len(p.GoFiles) == 0 {
			continue
		}
		seen++
		knots := fileKnots(t, p, exports)
		t.Logf("%2d of %2d files: %s", len(knots[0]), len(p.GoFiles), strings.TrimPrefix(p.ImportPath, module+"/"))
		if len(knots[0]) > largestKnot {
			t.Errorf("%d files of %s reach each other, more than %d: %s",
				len(knots[0]), p.ImportPath, largestKnot, strings.Join(knots[0], " "))
		}
	}
	if seen < 10 {
		t.Fatalf("go list found %d packages, so this proves nothing", seen)
	}
}

// fileKnots gives the sets of files of a package that reach each other, the largest first.
func fileKnots(t *testing.T, p listed, exports map[string]string) [][]string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Importer: importExports(fset, exports)}
	pkg, err := conf.Check(p.ImportPath, fset, files, info)
	if err != nil {
		t.Fatalf("type-check %s: %v", p.ImportPath, err)
	}
	file := func(pos token.Pos) string { return filepath.Base(fset.Position(pos).Filename) }
	uses := map[string]map[string]bool{}
	for _, name := range p.GoFiles {
		uses[name] = map[string]bool{}
	}
	for id, obj := range info.Uses {
		if obj.Pkg() == pkg && shared(obj, pkg) {
			uses[file(id.Pos())][file(obj.Pos())] = true
		}
	}
	return components(p.GoFiles, uses)
}

// shared reports whether an object can be named from another file of its package.
func shared(obj types.Object, pkg *types.Package) bool {
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		return true
	}
	if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil {
		return true
	}
	return obj.Parent() == pkg.Scope()
}

// components finds the strongly connected parts of a graph (Tarjan), the largest first.
func components(nodes []string, edges map[string]map[string]bool) [][]string {
	var (
		out        [][]string
		stack      []string
		index, low = map[string]int{}, map[string]int{}
		onStack    = map[string]bool{}
		visit      func(string)
	)
	visit = func(n string) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack, onStack[n] = append(stack, n), true
		for m := range edges[n] {
			if index[m] == 0 {
				visit(m)
				low[n] = min(low[n], low[m])
			} else if onStack[m] {
				low[n] = min(low[n], index[m])
			}
		}
		if low[n] != index[n] {
			return
		}
		at := slices.Index(stack, n)
		part := slices.Clone(stack[at:])
		for _, m := range part {
			onStack[m] = false
		}
		stack = stack[:at]
		slices.Sort(part)
		out = append(out, part)
	}
	for _, n := range nodes {
		if index[n] == 0 {
			visit(n)
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(b) - len(a) })
	return out
}

func TestComponents(t *testing.T) {
	t.Parallel()
	got := components([]string{"a", "b", "c", "d"}, map[string]map[string]bool{
		"a": {"b": true}, "b": {"c": true}, "c": {"a": true}, "d": {"a": true},
	})
	if len(got) != 2 || !slices.Equal(got[0], []string{"a", "b", "c"}) {
		t.Errorf("got %v", got)
	}
}
