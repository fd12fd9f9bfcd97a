package intake

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// combined is a line of the common and the combined log format, of Apache httpd, nginx and those who write like them:
// host, time, request line, status, size, referer and agent. What stands before and behind is the server's own.
var combined = regexp.MustCompile(`^(.*?)\[(\d{1,2}/[A-Za-z]{3}/\d{4}:\d{2}:\d{2}:\d{2}(?:\.\d+)? [+-]\d{4})\] ` +
	`"((?:[^"\\]|\\.)*)" (\d{3}|-)(?: (?:\d+|-))?(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?`)

// hostPort is a virtual host before the address of the client, as Apache's vhost_combined has it.
var hostPort = regexp.MustCompile(`^([A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*(?::\d+)?) [0-9a-fA-F.:]+ `)

// parseLog reads a line.
func parseLog(line string) (*exchange.Exchange, bool) {
	m := combined.FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	parts := strings.Fields(unescapedLog(m[3]))
	if len(parts) < 2 {
		return nil, false
	}
	target := strings.Join(parts[1:], " ")
	if len(parts) > 2 && strings.HasPrefix(parts[len(parts)-1], "HTTP/") {
		target = strings.Join(parts[1:len(parts)-1], "%20")
	}
	target = strings.ReplaceAll(target, `"`, "%22")
	at, err := time.Parse("2/Jan/2006:15:04:05.999999999 -0700", m[2])
	if err != nil || strings.Trim(parts[0], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, false
	}
	x := &exchange.Exchange{Started: at, Method: parts[0], URL: target, RequestHeader: http.Header{}}
	if host := hostPort.FindStringSubmatch(m[1]); host != nil && strings.HasPrefix(target, "/") {
		x.URL = "https://" + strings.TrimSuffix(strings.TrimSuffix(host[1], ":443"), ":80") + target
	}
	x.Status, _ = strconv.Atoi(m[4]) // "-" is no response
	if agent := unescapedLog(m[6]); agent != "" && agent != "-" {
		x.RequestHeader.Set("User-Agent", agent)
	}
	return x, true
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

// eachLogLine gives the requests of a log, and says of lines which it cannot read that they are none.
func eachLogLine(path string, yield func(x *exchange.Exchange, unread string) error) error {
	n := 0
	return eachLine(path, func(_ int, text []byte) error {
		n++
		x, ok := parseLog(string(text))
		if !ok {
			return yield(nil, "lines that are no requests")
		}
		x.ID = n
		return yield(x, "")
	})
}
