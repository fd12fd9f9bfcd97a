package exchange

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Redacted replaces secrets.
const Redacted = "REDACTED"

// Redactor replaces secrets in everything that leaves the program. It is safe for concurrent use.
// Redacting twice gives the same result as redacting once.
type Redactor struct {
	mu    sync.Mutex // for Add
	known []string
	names *hidden
	set   atomic.Pointer[secretSet]
}

// secretSet contains all spellings of the known secrets.
type secretSet struct {
	inside  *strings.Replacer
	long    []string       // the spellings that are replaced everywhere
	plain   []string       // the same for texts whose escape sequences are undone
	longest int            // their maximum length
	words   *regexp.Regexp // spellings too short to be replaced inside words; nil if there are none
}

// shortestInside is the minimum length of a spelling that is replaced everywhere. A shorter one is
// replaced only as a whole word: a token "t" must not replace every t.
const shortestInside = 6

var (
	formPattern = regexp.MustCompile(`(?i)\b(password|client_secret|client_assertion|subject_token|code_verifier|access_token|refresh_token|id_token)` +
		`=[^&\s"'<>]+`)
	userinfoPattern = regexp.MustCompile(`(://)[^/?#@\s"']+@`)
)

// NewRedactor returns a Redactor for the given secrets: tokens, passwords, "user:password" pairs
// and client secrets. It ignores empty secrets. It always redacts credential headers and password
// members.
func NewRedactor(secrets ...string) *Redactor {
	r := &Redactor{known: secrets, names: hide(nil)}
	r.set.Store(newSecretSet(secrets))
	return r
}

// Hide also redacts the values of the named headers and JSON attributes, including PATCH
// operations on them and filters. Call it before the first use.
func (r *Redactor) Hide(names ...string) *Redactor {
	r.names = hide(names)
	return r
}

// Hides reports whether the attribute with this name or path is redacted, including those that
// are always redacted, such as passwords.
func (r *Redactor) Hides(path string) bool { return r.names.path(path) }

// Add adds a secret, such as a new access token.
func (r *Redactor) Add(secret string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret == "" || slices.Contains(r.known, secret) {
		return
	}
	r.known = append(slices.Clone(r.known), secret)
	r.set.Store(newSecretSet(r.known))
}

func newSecretSet(secrets []string) *secretSet {
	var pairs, long, words []string
	longest := 0
	for _, spelling := range spellings(secrets) {
		if len(spelling) < shortestInside {
			words = append(words, asWord(spelling))
			continue
		}
		pairs, long = append(pairs, spelling, Redacted), append(long, spelling)
		longest = max(longest, len(spelling))
	}
	s := &secretSet{inside: strings.NewReplacer(pairs...), long: long, plain: plainForms(long), longest: longest}
	if len(words) > 0 {
		s.words = regexp.MustCompile(strings.Join(words, "|"))
	}
	return s
}

// asWord returns a pattern for a whole word.
func asWord(text string) string {
	pattern := regexp.QuoteMeta(text)
	if isWord(text[0]) {
		pattern = `\b` + pattern
	}
	if isWord(text[len(text)-1]) {
		pattern += `\b`
	}
	return pattern
}

func isWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}

// Text redacts a string, such as a URL, a message, a log line or a body.
func (r *Redactor) Text(s string) string {
	if s == "" {
		return s
	}
	set := r.set.Load()
	s = set.inside.Replace(s)
	s = set.ellipses(without(s, set.escaped(s)))
	if set.words != nil {
		s = set.words.ReplaceAllString(s, Redacted)
	}
	if strings.Contains(s, "=") {
		s = queries(formPattern.ReplaceAllString(s, "$1="+Redacted))
	}
	if strings.Contains(s, "@") {
		s = userinfoPattern.ReplaceAllString(s, "${1}"+Redacted+"@")
	}
	return r.names.redactMembers(r.names.filters(s))
}

// Bytes redacts a body. It returns its argument if the body contains no secret.
func (r *Redactor) Bytes(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	before := string(b)
	after := r.Text(before)
	if after == before {
		return b
	}
	return []byte(after)
}

// Header returns a redacted copy. It keeps only the scheme of a credential header.
func (r *Redactor) Header(h http.Header) http.Header {
	if h == nil {
		return nil
	}
	out := make(http.Header, len(h))
	for name, values := range h {
		copied := make([]string, len(values))
		for i, value := range values {
			switch {
			case isCredential(name):
				copied[i] = credential(name, value)
			case r.names.header(name):
				copied[i] = Redacted
			default:
				copied[i] = r.Text(value)
			}
		}
		out[r.Text(name)] = copied
	}
	return out
}

// Exchange returns a redacted copy of e.
func (r *Redactor) Exchange(e *Exchange) *Exchange {
	c := *e
	c.Label, c.URL, c.Why = r.Text(e.Label), r.url(e.URL), r.Text(e.Why)
	c.RequestHeader, c.ResponseHeader = r.Header(e.RequestHeader), r.Header(e.ResponseHeader)
	c.RequestBody, c.ResponseBody = r.body(e.RequestBody, e.RequestHeader), r.body(e.ResponseBody, e.ResponseHeader)
	if e.Truncated {
		c.ResponseBody = []byte(r.Cut(string(c.ResponseBody)))
	}
	return &c
}

// url redacts a URL. Its query may contain spaces, which would end it in a sentence.
func (r *Redactor) url(address string) string {
	before, query, ok := strings.Cut(r.Text(address), "?")
	if !ok {
		return before
	}
	return before + "?" + parameters(query)
}

// body redacts a body. The body of a form is like a query.
func (r *Redactor) body(b []byte, h http.Header) []byte {
	if b = r.Bytes(b); strings.HasPrefix(strings.ToLower(field(h, "Content-Type")), "application/x-www-form-urlencoded") {
		return []byte(parameters(string(b)))
	}
	return b
}

func isCredential(name string) bool {
	switch strings.ToLower(name) {
	case "authorization", "proxy-authorization", "cookie", "set-cookie",
		"x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token":
		return true
	case "www-authenticate", "proxy-authenticate", "authentication-info":
		return false
	}
	return slices.ContainsFunc([]string{"token", "secret", "passw", "apikey", "api-key", "credential", "session", "cookie", "signature"}, func(part string) bool {
		return strings.Contains(strings.ToLower(name), part)
	})
}

// credential keeps the scheme of an Authorization header, because the difference between Bearer
// and Basic is often the cause of a problem.
func credential(name, value string) string {
	scheme, rest, ok := strings.Cut(value, " ")
	if ok && rest != "" && strings.HasSuffix(strings.ToLower(name), "authorization") {
		switch strings.ToLower(scheme) {
		case "bearer", "basic", "digest", "negotiate":
			return scheme + " " + Redacted
		}
	}
	return Redacted
}
