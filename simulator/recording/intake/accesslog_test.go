package intake_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/recording/intake"
)

// TestLogFormats reads one search and one change in the words of many servers.
func TestLogFormats(t *testing.T) {
	t.Parallel()
	const search, change = `GET /Users?filter=userName%20eq%20%22ada%22`, `DELETE /Users/7`
	for name, log := range map[string]string{
		"nginx with times": `192.0.2.7 - - [24/Nov/2026:08:00:00 +0000] "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" 200 512 "-" "sync" 0.004 0.003
192.0.2.7 - - [24/Nov/2026:08:00:05 +0000] "DELETE /scim/v2/Users/7 HTTP/1.1" 204 0 "-" "sync" 0.004 0.003`,
		"nginx with ISO times and hosts": `192.0.2.7 - - [2026-11-24T08:00:00+00:00] app.example "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/2.0" 200 512
192.0.2.7 - - [2026-11-24T08:00:05+00:00] app.example "DELETE /scim/v2/Users/7 HTTP/2.0" 204 0`,
		"Apache vhost_combined": `app.example:443 192.0.2.7 - bob [24/Nov/2026:08:00:00 +0000] "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" 200 512 "-" "sync"
app.example:443 192.0.2.7 - bob [24/Nov/2026:08:00:05 +0000] "DELETE /scim/v2/Users/7 HTTP/1.1" 204 - "-" "sync"`,
		"Application Load Balancer": `https 2026-11-24T08:00:00.186641Z app/lb/50dc 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 34 366 ` +
			`"GET https://app.example:443/scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" "sync/1" ECDHE TLSv1.2 arn "Root=1" "d" "arn" 0
https 2026-11-24T08:00:05.186641Z app/lb/50dc 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 204 204 34 366 "DELETE https://app.example:443/scim/v2/Users/7 HTTP/1.1" "sync/1" - -`,
		"classic load balancer": `2026-11-24T08:00:00.945958Z lb 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 200 200 0 29 "GET https://app.example:443/scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" "sync" - -
2026-11-24T08:00:05.945958Z lb 192.0.2.7:2817 10.0.0.1:80 0.0 0.1 0.0 204 204 0 29 "DELETE https://app.example:443/scim/v2/Users/7 HTTP/1.1" "sync" - -`,
		"HAProxy": `Nov 24 08:00:00 lb haproxy[14389]: 192.0.2.7:33317 [24/Nov/2026:08:00:00.655] in~ api/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1"
Nov 24 08:00:05 lb haproxy[14389]: 192.0.2.7:33317 [24/Nov/2026:08:00:05.655] in~ api/srv1 10/0/30/69/109 204 2750 - - ---- 1/1/1/1/0 0/0 {a|b} "DELETE /scim/v2/Users/7 HTTP/1.1"`,
		"nginx JSON": `{"time_iso8601":"2026-11-24T08:00:00+00:00","request":"GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1","status":200,"host":"app.example"}
{"time_iso8601":"2026-11-24T08:00:05+00:00","request":"DELETE /scim/v2/Users/7 HTTP/1.1","status":204,"host":"app.example"}`,
		"members for each part": `{"@timestamp":"2026-11-24T08:00:00Z","request_method":"GET","uri":"/scim/v2/Users","args":"filter=userName%20eq%20%22ada%22","status":"200"}
{"@timestamp":"2026-11-24T08:00:05Z","request_method":"DELETE","uri":"/scim/v2/Users/7","args":"","status":"204"}`,
		"method and path": `{"timestamp":"2026-11-24T08:00:00Z","method":"GET","path":"/scim/v2/Users?filter=userName%20eq%20%22ada%22","status":200}
{"timestamp":"2026-11-24T08:00:05Z","method":"DELETE","path":"/scim/v2/Users/7","status":204}`,
		"Caddy": `{"level":"info","ts":1795507200.5,"msg":"handled request","request":{"method":"GET","host":"app.example","uri":"/scim/v2/Users?filter=userName%20eq%20%22ada%22","headers":{"User-Agent":["sync"]}},"status":200}
{"level":"info","ts":1795507205.5,"msg":"handled request","request":{"method":"DELETE","host":"app.example","uri":"/scim/v2/Users/7"},"status":204}`,
		"Traefik": `{"StartUTC":"2026-11-24T08:00:00Z","RequestMethod":"GET","RequestPath":"/scim/v2/Users?filter=userName%20eq%20%22ada%22","RequestHost":"app.example","DownstreamStatus":200}
{"StartUTC":"2026-11-24T08:00:05Z","RequestMethod":"DELETE","RequestPath":"/scim/v2/Users/7","RequestHost":"app.example","DownstreamStatus":204}`,
		"Google Cloud": `{"timestamp":"2026-11-24T08:00:00Z","httpRequest":{"requestMethod":"GET","requestUrl":"https://app.example/scim/v2/Users?filter=userName%20eq%20%22ada%22","status":200}}
{"timestamp":"2026-11-24T08:00:05Z","httpRequest":{"requestMethod":"DELETE","requestUrl":"https://app.example/scim/v2/Users/7","status":204}}`,
		"IIS": `#Software: Microsoft Internet Information Services 10.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) sc-status time-taken
2026-11-24 08:00:00 10.0.0.1 GET /scim/v2/Users filter=userName%20eq%20%22ada%22 443 192.0.2.7 sync/1 200 15
2026-11-24 08:00:05 10.0.0.1 DELETE /scim/v2/Users/7 - 443 192.0.2.7 sync/1 204 15`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, res, _ := read(t, write(t, "access.log", log+"\n"), intake.Options{})
			if res.Format != intake.AccessLog || res.Read != 2 || len(lines) != 2 {
				t.Fatalf("%+v %+v", res, lines)
			}
			if got := short(lines); got[0] != search || got[1] != change || lines[0].Status != 200 || lines[1].Status != 204 || lines[1].At != "PT5S" {
				t.Errorf("%+v", lines)
			}
		})
	}
}

// TestNoLog names what is expected where a file is none of the forms.
func TestNoLog(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Dear diary\n", `{"name":"Ada"}` + "\n", "a,b,c\n1,2,3\n", `[1,2]`} {
		_, err := intake.Read(write(t, "x", text), intake.Options{}, nil)
		if err == nil || !strings.Contains(err.Error(), "x") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
