package replay

import "testing"

// The quick scan finds the id that the decoder finds, or leaves it to the decoder.
func TestIDScanned(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"schemas":["a","b"],"id":"7f-1","x":1}`:                           "7f-1",
		` { "meta" : {"id":"no","a":[1,{"b":null}]} , "n":-1.5e3,"id":"2"}`: "2",
		`{"t":true,"id":"z"`:            "z",
		`{"id":""}`:                     "",
		`{"a":"\"","id":"3"}`:           "3",
		`{"id":"a\u0062"}`:              "ab",
		`{"id":17}`:                     "17",
		`{"name":"Zoë","id":"9"}`:       "9",
		`{"id":"ë"}`:                    "ë",
		`["id","1"]`:                    "",
		`{"a":{"id":"x"}}`:              "",
		`{"a":[1,2}`:                    "",
		`{"id":null}`:                   "",
		``:                              "",
		`{"x":"id","id":"ok"}`:          "ok",
		`{"x":["}",",","id"],"id":"k"}`: "k",
	} {
		if have := idIn([]byte(text)); have != want {
			t.Errorf("idIn(%s) is %q, want %q", text, have, want)
		}
		if have, ok := idScanned([]byte(text)); ok && have != want {
			t.Errorf("idScanned(%s) is %q, want %q", text, have, want)
		}
	}
	if _, ok := idScanned([]byte(`{"schemas":["a"],"meta":{"x":"y"},"id":"1"}`)); !ok {
		t.Error("a plain resource is left to the decoder")
	}
}

func FuzzIDScanned(f *testing.F) {
	f.Add([]byte(`{"schemas":["a"],"id":"1"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		id, ok := idScanned(body)
		if !ok {
			return
		}
		if decoded, valid := idDecoded(body); valid && decoded != id {
			t.Errorf("%q: the scan finds %q, the decoder %q", body, id, decoded)
		}
	})
}
