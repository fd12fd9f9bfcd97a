package endpoint

import (
	"fmt"
	"net/url"
	"testing"
)

func TestLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.9.8.7": true, "::1": true, "0:0:0:0:0:0:0:1": true,
		"": false, "localhost.": false, "localhost.example.com": false, "127.0.0.1.example.com": false, "127.1": false,
		"2130706433": false, "0x7f.0.0.1": false, "128.0.0.1": false, "0.0.0.0": false, "::": false, "::ffff:127.0.0.1": false,
		"::1%eth0": false, "10.0.0.1": false, "scim.example.com": false,
	} {
		if got := Loopback(host); got != want {
			t.Errorf("loopback(%q) = %v", host, got)
		}
	}
}

func TestMayWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target  string
		allowed []string
		want    bool
	}{
		{"http://127.0.0.1:8080/scim", nil, true},
		{"http://[::1]:8080/", nil, true},
		{"https://scim.example.com/v2", nil, false},
		{"https://scim.example.com/v2", []string{"scim.example.com"}, true},
		{"https://scim.example.com:8443/v2", []string{"SCIM.example.com"}, true},
		{"https://scim.example.com:8443/v2", []string{"scim.example.com:8443"}, true},
		{"https://scim.example.com:8443/v2", []string{"scim.example.com:443"}, false},
		{"https://scim.example.com/v2", []string{"example.com"}, false},
		{"https://scim.example.com/v2", []string{"https://scim.example.com"}, false},
		{"http://localhost@scim.example.com/", nil, false},
		{"http://scim.example.com/?localhost", []string{"localhost"}, false},
	} {
		u, err := url.Parse(c.target)
		if err != nil {
			t.Fatal(err)
		}
		if err := mayWrite(u, c.allowed); (err == nil) != c.want {
			t.Errorf("mayWrite(%s, %v) = %v", c.target, c.allowed, err)
		}
	}
}

func TestMayHurry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target  string
		rate    float64
		allowed bool
		want    float64
		refused bool
	}{
		{"http://127.0.0.1", 0, false, 0, false},
		{"http://127.0.0.1", 500, false, 500, false},
		{"https://scim.example.com", 0, false, 25, false},
		{"https://scim.example.com", 5, false, 5, false},
		{"https://scim.example.com", 26, false, 0, true},
		{"https://scim.example.com", 26, true, 26, false},
		{"https://scim.example.com", 0, true, 0, false},
		{"http://127.0.0.1", -1, false, 0, true},
	} {
		u, err := url.Parse(c.target)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprintf("E-305 W-133 %s at %v, allowed %v", u.Hostname(), c.rate, c.allowed), func(t *testing.T) {
			t.Parallel()
			got, err := MayHurry(u, c.rate, c.allowed)
			if got != c.want || (err != nil) != c.refused {
				t.Errorf("mayHurry = %v, %v", got, err)
			}
		})
	}
}
