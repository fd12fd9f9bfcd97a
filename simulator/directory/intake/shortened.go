package intake

import (
	"regexp"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// again is what to type where PowerShell wrote strings instead of values.
const again = "hint: convert again with ConvertTo-Json -Depth 10; its default depth is 2"

// shortened recognises what PowerShell writes for a value below the depth of ConvertTo-Json, or in a
// cell of Export-Csv: the name of a type, such as "System.Object[]", or "@{Id=1; DisplayName=Ada}".
// Several values are joined by spaces.
func shortened(text string) bool {
	if strings.HasPrefix(text, "@{") && strings.HasSuffix(text, "}") {
		return true
	}
	return typeName().MatchString(text)
}

// typeName matches one or more names of types of .NET and of the Graph modules.
func typeName() *regexp.Regexp {
	const one = `(System|Microsoft\.(Graph|Open|Azure|Online|DirectoryServices)[\w.]*|Newtonsoft)\.[\w.]+(\x60\d\[[^ ]*\])?(\[\])?`
	return regexp.MustCompile(`^` + one + `( ` + one + `)*$`)
}

// shortenedValue is a property whose value PowerShell left out. A list of members or of assignments
// would silently be empty; other properties have no value, with a note.
func (r *reader) shortenedValue(x *object, name string, v saved.Value) (left bool, err error) {
	texts := []saved.Value{v}
	if v.Kind() == '[' {
		if texts, err = v.List(); err != nil {
			return false, err
		}
	}
	for i := range texts {
		if texts[i].Kind() != '"' || !shortened(texts[i].String()) {
			continue
		}
		if base := strings.TrimSuffix(name, "@delta"); base == "members" && x.kind == group || strings.HasPrefix(base, "appRole") {
			return true, v.Fault("PowerShell wrote %q instead of the values; %s", texts[i].String(), again)
		}
		r.left["values of "+name+", for which PowerShell wrote the name of a type; if they count, convert again with ConvertTo-Json -Depth 10"]++
		return true, nil
	}
	return false, nil
}

// plainText is the mistake of a string in the place of an object.
func plainText(v *saved.Value) error {
	if shortened(v.String()) {
		return v.Fault("PowerShell wrote %q instead of the object; %s", clipped(v.String()), again)
	}
	return v.Fault("a string is not an object of a directory; hint: save the whole response of Graph")
}

func clipped(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}

// secretProperty reports a property whose value nobody may see (S7).
func secretProperty(name string) bool {
	low := saved.Normal(name)
	return strings.Contains(low, "password") && low != "passwordpolicies" && !strings.HasPrefix(low, "lastpassword") || strings.Contains(low, "secret")
}
