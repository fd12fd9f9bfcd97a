package exchange

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// variablePrefix begins the names of variables that stand for secrets in addresses.
const variablePrefix = "SCIMDRILL_"

// Address is a URL that a person gave, such as a tenant URL, with its secrets told apart: every
// parameter of the query that is not a known flag, the fragment, and segments of the path that look
// like tokens.
type Address struct {
	text  string
	parts []addressPart // in their order
}

// addressPart is a secret in an address.
type addressPart struct {
	span

	name     string // of the parameter, or ""
	variable string
}

// NewAddress reads an address, valid or not.
func NewAddress(text string) Address {
	a := Address{text: text}
	start := 0
	if i := strings.Index(text, "://"); i >= 0 {
		start = i + len("://")
	}
	end := len(text)
	if i := strings.IndexByte(text[start:], '#'); i >= 0 {
		end = start + i
		a.add(end+1, len(text), "", "FRAGMENT")
	}
	path := end
	if i := strings.IndexByte(text[start:end], '?'); i >= 0 {
		path = start + i
		a.query(path+1, end)
	}
	a.path(start, path)
	slices.SortFunc(a.parts, func(x, y addressPart) int { return cmp.Compare(x.from, y.from) })
	used := map[string]int{}
	for i := range a.parts {
		variable := &a.parts[i].variable
		if used[*variable]++; used[*variable] > 1 {
			*variable += "_" + strconv.Itoa(used[*variable])
		}
	}
	return a
}

func (a *Address) add(from, to int, name, variable string) {
	if value := a.text[from:to]; !settled(value) {
		a.parts = append(a.parts, addressPart{span{from, to}, name, variablePrefix + variable})
	}
}

var notInVariable = regexp.MustCompile(`[^A-Z0-9]+`)

// variableOf is the variable of a parameter or header, without its prefix.
func variableOf(kind, name string) string {
	return strings.Trim(kind+"_"+strings.Trim(notInVariable.ReplaceAllString(strings.ToUpper(name), "_"), "_"), "_")
}

// headerVariable returns the variable that stands for the value of a secret header in commands, such
// as SCIMDRILL_HEADER_X_API_KEY.
func headerVariable(name string) string { return variablePrefix + variableOf("HEADER", name) }

// query finds the parameters. A bare word may be a token, too.
func (a *Address) query(from, end int) {
	for part := range strings.SplitAfterSeq(strings.ReplaceAll(a.text[from:end], ";", "&"), "&") {
		text := strings.TrimSuffix(part, "&")
		name, value, ok := strings.Cut(text, "=")
		switch {
		case plainFlag(unescape(name), unescape(value)):
		case ok:
			a.add(from+len(name)+1, from+len(text), unescape(name), variableOf("QUERY", unescape(name)))
		default:
			a.add(from, from+len(text), "", "QUERY")
		}
		from += len(part)
	}
}

var (
	guid      = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	tokenLike = regexp.MustCompile(`^[A-Za-z0-9_.~+=-]{20,}$`)
	digits    = regexp.MustCompile(`[0-9]`)
	letters   = regexp.MustCompile(`[A-Za-z]`)
)

// path finds segments that look like tokens: at least 20 characters with letters and digits. A GUID
// names a tenant and is no secret.
func (a *Address) path(from, end int) {
	for i, segment := range strings.Split(a.text[from:end], "/") {
		plain := unescape(segment)
		if i > 0 && tokenLike.MatchString(plain) && digits.MatchString(plain) && letters.MatchString(plain) && !guid.MatchString(plain) {
			a.add(from, from+len(segment), "token", "PATH")
		}
		from += len(segment) + 1
	}
}

// Secrets returns the secrets that must not be shown anywhere, for a [Redactor]: as they stand in
// the address, and decoded. Common words such as "true" are redacted only in URLs.
func (a Address) Secrets() []string {
	var list []string
	for _, p := range a.parts {
		raw := a.text[p.from:p.to]
		values := []string{raw, unescape(raw)}
		if plain, err := url.PathUnescape(raw); err == nil {
			values = append(values, plain)
		}
		for _, value := range values {
			if !common(p.name, value) && !slices.Contains(list, value) {
				list = append(list, value)
			}
		}
	}
	return list
}

// Shown returns the address with variables in the place of its secrets, such as
// https://scim.example/v2?key=$SCIMDRILL_QUERY_KEY. [Expand] puts the secrets back.
func (a Address) Shown() string {
	var b strings.Builder
	done := 0
	for _, p := range a.parts {
		b.WriteString(a.text[done:p.from])
		b.WriteString("$" + p.variable)
		done = p.to
	}
	b.WriteString(a.text[done:])
	return b.String()
}

// Selects returns the parts that are shown as variables but may select a tenant: parameters whose name
// suggests no credential, as name=value, and segments of the path. They must not be shown.
func (a Address) Selects() []string {
	var list []string
	for _, p := range a.parts {
		if !secretName(p.name) && p.variable != variablePrefix+"FRAGMENT" {
			list = append(list, p.name+"="+a.text[p.from:p.to])
		}
	}
	return list
}

// redactedParts are the redacted parameters and segments of a URL.
var redactedParts = regexp.MustCompile(`([?&;])(?:([^?&;=#/]*)=)?` + Redacted + `|/` + Redacted)

var variable = regexp.MustCompile(`\$(?:\{(` + variablePrefix + `[A-Z0-9_]+)\}|(` + variablePrefix + `[A-Z0-9_]+))`)

// Expand replaces variables such as $SCIMDRILL_QUERY_KEY by their values. missing is the first
// variable that is not set.
func Expand(text string, getenv func(string) (string, bool)) (expanded, missing string) {
	expanded = variable.ReplaceAllStringFunc(text, func(match string) string {
		name := strings.Trim(match, "${}")
		value, _ := getenv(name)
		if value == "" && missing == "" {
			missing = name
		}
		return value
	})
	return expanded, missing
}
