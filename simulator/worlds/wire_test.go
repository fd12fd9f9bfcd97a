package worlds_test

import (
	"net/http"
	"regexp"
	"strings"
)

// wireFlag is the flag of the tenant URL that stands for the dialect of 2020.
const wireFlag = "aadOptscim062020"

// flag is the end of the tenant URL.
func (w *world) flag() string {
	if w.Dialect == "optscim" {
		return "?" + wireFlag
	}
	return ""
}

// Booleans of users on the wire, and members, as texts and otherwise.
var (
	textBoolean  = regexp.MustCompile(`"(active|value)":"(True|False)"`)
	plainBoolean = regexp.MustCompile(`"(active|value)":(true|false)`)
	bareMember   = regexp.MustCompile(`\{"value":"[^"]*"\}`)
	nullMember   = regexp.MustCompile(`"\$ref":null`)
)

// dressed checks the looks of requests that options decide: each request of a kind looks as
// its option says, and none as the other side has it.
func (l *life) dressed(trace []*sent) {
	set := l.w.Set
	for _, s := range trace {
		if s.mark != "" {
			continue
		}
		wrong := func(rule, what string) { l.problem("wire "+rule, "%s %s %s: %s", s.method, s.path, s.body, what) }
		if s.agent != set["userAgent"] {
			wrong("W-C3", "its User-Agent is "+s.agent)
		}
		if s.flagged != (l.w.Dialect == "optscim" && set["flagInURL"] != "false") {
			wrong("W-122", "the flag is where it should not be, or the other way round")
		}
		if s.method == http.MethodPatch && strings.HasPrefix(s.media, "application/json") != (set["patchType"] == "json") {
			wrong("W-C14", "its Content-Type is "+s.media)
		}
		texts, booleans := textBoolean.MatchString(s.body), plainBoolean.MatchString(s.body)
		switch user := strings.HasPrefix(s.path, "/Users"); {
		case s.method == http.MethodPost && user && (texts && set["postBooleans"] == "" || booleans && set["postBooleans"] != ""):
			wrong("A-42", "its Booleans are written as by the other side")
		case s.method == http.MethodPatch && user && l.w.Dialect != "optscim" && (texts && set["patchBooleans"] != "" || booleans && set["patchBooleans"] == ""):
			wrong("W-C1", "its Booleans are written as by the other side")
		case s.method == http.MethodPatch && !user && l.w.Dialect == "legacy" &&
			(bareMember.MatchString(s.body) && set["memberRef"] != "" || nullMember.MatchString(s.body) && set["memberRef"] == ""):
			wrong("W-C10", "its members are written as by the other side")
		}
	}
}
