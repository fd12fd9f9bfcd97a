package intake

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// jsonLog is a line of a log in JSON. Its members are known by their names, without their case, dots and lines:
// request_method of nginx, RequestMethod of Traefik, request.method of Caddy, http.request.method of ECS and
// httpRequest.requestMethod of Google Cloud.
type jsonLog map[string]string

func parseJSONLog(line []byte) (*exchange.Exchange, bool) {
	var top map[string]any
	if json.Unmarshal(line, &top) != nil {
		return nil, false
	}
	l := jsonLog{}
	l.flatten("", top)
	e := entry{
		time:   l.first("timeiso8601", "timelocal", "timestamp", "@timestamp", "time", "starttime", "startutc", "startlocal", "datetime", "date", "msec", "ts", "requesttime"),
		host:   l.first("host", "httphost", "requesthost", "authority", "requestauthority", "urldomain", "vhost", "servername"),
		status: l.first("status", "responsecode", "statuscode", "downstreamstatus", "originstatus", "httpresponsestatuscode", "responsestatus", "responsestatuscode", "scstatus"),
		agent:  l.first("httpuseragent", "useragent", "agent", "useragentoriginal", "requestuseragent", "requestheadersuseragent"),
	}
	e.time = strings.Trim(e.time, "[]")
	if request := l.first("request", "requestline", "message"); strings.Contains(request, " ") && strings.Contains(request, "/") {
		e.request = request
		if x, ok := logged(e); ok {
			return x, true
		}
	}
	method := l.first("requestmethod", "method", "httprequestmethod", "verb", "csmethod")
	target := l.first("requesturi", "requesturl", "uri", "originalurl", "url", "urloriginal", "urlpath", "requestpath", "path", "xenvoyoriginalpath")
	if u, err := url.Parse(target); err != nil || u.Path == "" {
		return nil, false
	}
	if query := l.first("querystring", "query", "args", "urlquery", "requestquery"); query != "" && query != "-" && !strings.Contains(target, "?") {
		target += "?" + strings.TrimPrefix(query, "?")
	}
	return told(e, strings.ToUpper(method), strings.ReplaceAll(strings.ReplaceAll(target, " ", "%20"), `"`, "%22"))
}

// flatten takes the scalars of an object and of those within it. A member within one of a few known objects has a name
// without them too.
func (l jsonLog) flatten(prefix string, object map[string]any) {
	for name, v := range object {
		key := prefix + strings.NewReplacer("_", "", "-", "", ".", "", " ", "", ":", "").Replace(strings.ToLower(name))
		switch v := v.(type) {
		case string:
			l.put(key, v)
		case float64:
			l.put(key, strconv.FormatFloat(v, 'f', -1, 64))
		case []any:
			if text, ok := single(v); ok {
				l.put(key, text)
			}
		case map[string]any:
			l.flatten(key, v)
			switch key {
			case "httprequest", "req", "request", "jsonpayload", "res", "response":
				within := jsonLog{}
				within.flatten("", v)
				for inner, text := range within {
					l.put(inner, text)
				}
			}
		}
	}
}

func (l jsonLog) put(key, text string) {
	if l[key] == "" {
		l[key] = text
	}
}

func single(list []any) (string, bool) {
	if len(list) != 1 {
		return "", false
	}
	text, ok := list[0].(string)
	return text, ok
}

// first is the first member that is there.
func (l jsonLog) first(names ...string) string {
	for _, name := range names {
		if text := l[name]; text != "" {
			return text
		}
	}
	return ""
}
