package main

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// TestPromiseIsClosed type-checks what the promised packages export: their signatures name no
// type of a package that may change.
func TestPromiseIsClosed(t *testing.T) {
	t.Parallel()
	imports := importExports(token.NewFileSet(), exportData(listPackages(t)))
	for _, name := range promised() {
		pkg, err := imports.Import(module + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		s := signatures{of: pkg, seen: map[types.Type]bool{}, foreign: map[string]string{}}
		s.scope()
		for foreign, where := range s.foreign {
			t.Errorf("%s shows %s in %s, whose package may change; take plain values, or promise the other package", name, foreign, where)
		}
	}
}

// signatures collects the types of other packages that the exported names of a package show.
type signatures struct {
	of      *types.Package
	seen    map[types.Type]bool
	foreign map[string]string // type: where it is first shown
}

func (s *signatures) scope() {
	for _, name := range s.of.Scope().Names() {
		o := s.of.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		if named, ok := o.Type().(*types.Named); ok && named.Obj() == o {
			s.declared(named, name)
			continue
		}
		s.shown(o.Type(), name)
	}
}

// declared looks into a type that the package itself declares.
func (s *signatures) declared(n *types.Named, where string) {
	if s.seen[n] {
		return
	}
	s.seen[n] = true
	s.shown(n.Underlying(), where)
	for m := range n.Methods() {
		if m.Exported() {
			s.shown(m.Type(), where+"."+m.Name())
		}
	}
}

// shown looks at a type where it is used.
func (s *signatures) shown(t types.Type, where string) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		s.named(t, where)
	case *types.Pointer:
		s.shown(t.Elem(), where)
	case *types.Slice:
		s.shown(t.Elem(), where)
	case *types.Array:
		s.shown(t.Elem(), where)
	case *types.Chan:
		s.shown(t.Elem(), where)
	case *types.Map:
		s.shown(t.Key(), where)
		s.shown(t.Elem(), where)
	case *types.Signature:
		for v := range t.Params().Variables() {
			s.shown(v.Type(), where)
		}
		for v := range t.Results().Variables() {
			s.shown(v.Type(), where)
		}
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				s.shown(f.Type(), where+"."+f.Name())
			}
		}
	case *types.Interface:
		for m := range t.Methods() {
			s.shown(m.Type(), where+"."+m.Name())
		}
	}
}

func (s *signatures) named(t *types.Named, where string) {
	for argument := range t.TypeArgs().Types() {
		s.shown(argument, where)
	}
	pkg := t.Obj().Pkg()
	switch {
	case pkg == nil || !strings.HasPrefix(pkg.Path(), module): // predeclared, or of another module
	case pkg == s.of:
		s.declared(t, t.Obj().Name())
	case !slices.Contains(promised(), strings.TrimPrefix(pkg.Path(), module+"/")):
		name := fmt.Sprintf("%s.%s", strings.TrimPrefix(pkg.Path(), module+"/"), t.Obj().Name())
		if s.foreign[name] == "" {
			s.foreign[name] = where
		}
	}
}
