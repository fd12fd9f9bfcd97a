package expression

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFunctionExamples(t *testing.T) {
	t.Parallel()
	for _, f := range Functions() {
		t.Run(f.Rule+"/"+f.Name, func(t *testing.T) {
			t.Parallel()
			if !strings.HasPrefix(f.Rule, "E-") || !strings.HasSuffix(f.Doc, ".") {
				t.Errorf("rule %q, doc %q", f.Rule, f.Doc)
			}
			if !f.Implemented {
				_, err := Parse(f.Name + `("a", "b")`)
				if err == nil || !strings.Contains(err.Error(), "but not for SCIM applications") {
					t.Errorf("error %v", err)
				}
				return
			}
			attributes := map[string]Value{}
			for _, a := range f.Example.Attributes {
				attributes[a.Name] = FromAny(a.Value)
			}
			e, err := Parse(f.Example.Expression)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(e.String(), f.Name+"(") || e.String() != f.Example.Expression {
				t.Errorf("example %s in normal form is %s", f.Example.Expression, e)
			}
			v, err := e.Eval(testEnv(attributes))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(f.Example.Result, v.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", f.Example.Expression, diff)
			}
		})
	}
}

func TestFunctionsAreSortedAndFresh(t *testing.T) {
	t.Parallel()
	first := Functions()
	for i := 1; i < len(first); i++ {
		if strings.ToLower(first[i-1].Name) >= strings.ToLower(first[i].Name) {
			t.Errorf("%s stands before %s", first[i-1].Name, first[i].Name)
		}
	}
	first[0].Name = "changed"
	if Functions()[0].Name == "changed" {
		t.Error("the table is shared")
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Mid":    "Mid(source, start, length)",
		"Join":   "Join(separator, source, ...)",
		"Switch": "Switch(source, [defaultValue], [switchValue, ...])",
		"Now":    "Now()",
	} {
		if f := table()[name]; f.Signature() != want {
			t.Errorf("got %s, want %s", f.Signature(), want)
		}
	}
}
