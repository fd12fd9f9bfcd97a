package expression

import (
	"strings"
	"testing"
)

// calls reports whether an expression calls a function.
func calls(expression, function string) bool {
	i := strings.Index(expression, function+"(")
	return i == 0 || i > 0 && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", rune(expression[i-1]))
}

// Every function of the table has lines in the scripts for a value, for a null and for
// an error; one without arguments has no null.
func TestScriptsCoverEveryFunction(t *testing.T) {
	t.Parallel()
	cases := readScripts(t)
	for _, f := range Functions() {
		t.Run(f.Rule+"/"+f.Name, func(t *testing.T) {
			t.Parallel()
			var value, null, failure bool
			for _, c := range cases {
				if !calls(c.expression, f.Name) {
					continue
				}
				outermost := strings.HasPrefix(c.expression, f.Name+"(")
				value = value || c.wantError == nil
				failure = failure || c.wantError != nil && outermost
				null = null || outermost && readsNull(c)
			}
			if f.Implemented && !value {
				t.Error("no line with a value")
			}
			if f.Implemented && len(f.Parameters) > 0 && f.Name != "RandomString" && !null {
				t.Error("no line where an attribute is null")
			}
			if !failure {
				t.Error("no line with an error")
			}
		})
	}
}

// readsNull reports whether an expression reads an attribute that the case does not set.
func readsNull(c scriptCase) bool {
	e, err := Parse(c.expression)
	if err != nil {
		return false
	}
	for _, name := range e.Attributes() {
		if c.attributes[name].IsNull() {
			return true
		}
	}
	return false
}
