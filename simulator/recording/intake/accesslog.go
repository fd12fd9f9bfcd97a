package intake

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

const quoted = `"((?:[^"\\]|\\.)*)"`

// combined is a line of the common and the combined log format, of Apache httpd, nginx and those who write like them:
// host, time, request line, status, size, referer and agent. What stands before and behind is the server's own. Some
// write the virtual host before the request line.
var combined = regexp.MustCompile(`^(.*?)\[([^\[\]]{15,40})\] (?:"?([A-Za-z0-9.:-]+)"? )?` +
	quoted + ` (\d{3}|-)(?: (?:\d+|-))?(?: ` + quoted + ` ` + quoted + `)?`)

// hostPort is a virtual host before the address of the client, as Apache's vhost_combined has it.
var hostPort = regexp.MustCompile(`^([A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*(?::\d+)?) [0-9a-fA-F.:]+ `)

// balancer is a line of a load balancer of AWS. An Application Load Balancer writes the protocol first, a classic one does not.
var balancer = regexp.MustCompile(`^(?:(?:https?|h2|grpcs?|wss?) )?(\d{4}-\d\d-\d\dT\S+) (?:\S+ ){6}(\d{3}|-) (?:\d{3}|-) \S+ \S+ ` + quoted + `(?: ` + quoted + `)?`)

// haproxy is a line of HAProxy's HTTP format, with or without what syslog writes before it.
var haproxy = regexp.MustCompile(`\[(\d{1,2}/[A-Za-z]{3}/\d{4}:\d{2}:\d{2}:\d{2}\.\d+)\] \S+ \S+ [-+\d/]+ (\d{3}|-1) .*` + quoted + `\s*$`)

// parseLog reads a line of text.
func parseLog(line string) (*exchange.Exchange, bool) {
	if m := balancer.FindStringSubmatch(line); m != nil {
		return logged(entry{time: m[1], request: m[3], status: m[2], agent: m[4]})
	}
	if m := haproxy.FindStringSubmatch(line); m != nil {
		return logged(entry{time: m[1], request: m[3], status: m[2]})
	}
	m := combined.FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	e := entry{time: m[2], host: m[3], request: m[4], status: m[5], agent: m[7]}
	if host := hostPort.FindStringSubmatch(m[1]); host != nil {
		e.host = host[1]
	}
	return logged(e)
}

// entry is what a log says of a request, in its words.
type entry struct {
	time, host, request, status, agent string
}

// logged is the request of an entry.
func logged(e entry) (*exchange.Exchange, bool) {
	parts := strings.Fields(unescapedLog(e.request))
	if len(parts) < 2 {
		return nil, false
	}
	target := strings.Join(parts[1:], " ")
	if len(parts) > 2 && strings.HasPrefix(parts[len(parts)-1], "HTTP/") {
		target = strings.Join(parts[1:len(parts)-1], "%20")
	}
	return told(e, parts[0], strings.ReplaceAll(target, `"`, "%22"))
}

// told is the request of an entry whose method and target are known.
func told(e entry, method, target string) (*exchange.Exchange, bool) {
	at, ok := moment(e.time)
	if !ok || method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || target == "" {
		return nil, false
	}
	x := &exchange.Exchange{Started: at, Method: method, URL: target, RequestHeader: http.Header{}}
	if e.host != "" && e.host != "-" && strings.HasPrefix(target, "/") {
		x.URL = "https://" + strings.TrimSuffix(strings.TrimSuffix(e.host, ":443"), ":80") + target
	}
	if status, err := strconv.Atoi(e.status); err == nil && status > 0 {
		x.Status = status // "-" is no response
	}
	if agent := unescapedLog(e.agent); agent != "" && agent != "-" {
		x.RequestHeader.Set("User-Agent", agent)
	}
	return x, true
}

// moment reads the times that logs have: those of Apache, ISO 8601, and seconds since 1970.
func moment(text string) (time.Time, bool) {
	for _, layout := range []string{
		"2/Jan/2006:15:04:05.999999999 -0700", "2/Jan/2006:15:04:05.999999999", time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700",
		"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04:05.999999999",
	} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	const milliseconds = 1e11 // more seconds than that are no date of today
	switch {
	case err != nil || seconds < 1e8 || seconds > 1e15:
		return time.Time{}, false
	case seconds >= milliseconds:
		return time.UnixMilli(int64(seconds)).UTC(), true
	}
	return time.UnixMicro(int64(seconds * 1e6)).UTC(), true
}

var escape = regexp.MustCompile(`\\x([0-9A-Fa-f]{2})|\\(["\\])`)

// unescapedLog undoes what servers do to quotes: \x22 of nginx, \" of Apache.
func unescapedLog(s string) string {
	return escape.ReplaceAllStringFunc(s, func(text string) string {
		if n, err := strconv.ParseUint(strings.TrimPrefix(text, `\x`), 16, 8); err == nil && len(text) == 4 {
			return string([]byte{byte(n)})
		}
		return text[1:]
	})
}

// logReader reads the lines of a log. The columns of some logs are told by a line before.
type logReader struct{ columns []string }

// read reads a line; remark says that it is one of the log itself, and no request.
func (r *logReader) read(line string) (x *exchange.Exchange, remark bool) {
	if fields, found := strings.CutPrefix(line, "#Fields:"); found {
		r.columns = strings.Fields(fields)
		return nil, true
	}
	if strings.HasPrefix(line, "#") {
		return nil, true
	}
	if strings.HasPrefix(line, "{") {
		x, _ = parseJSONLog([]byte(line))
		return x, false
	}
	if len(r.columns) > 0 {
		x, _ = parseColumns(r.columns, line)
		return x, false
	}
	x, _ = parseLog(line)
	return x, false
}

// eachLogLine gives the requests of a log, and says of lines which it cannot read that they are none.
func eachLogLine(path string, yield func(x *exchange.Exchange, unread string) error) error {
	n := 0
	var r logReader
	return eachLine(path, func(_ int, text []byte) error {
		x, remark := r.read(string(text))
		if remark {
			return nil
		}
		if n++; x == nil {
			return yield(nil, "lines that are no requests")
		}
		x.ID = n
		return yield(x, "")
	})
}
