package engine_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writes gives the writes that were seen, masked and sorted, and the number of reads.
func (b *bench) writes() (writes []string, reads int) {
	for _, r := range b.seen {
		method, rest, _ := strings.Cut(r, " ")
		if method == "GET" {
			reads++
			continue
		}
		uri, body, _ := strings.Cut(rest, " ")
		writes = append(writes, method+" "+strings.Split(uri, "/")[1]+" "+mask(body))
	}
	return sorted(writes), reads
}

// morning runs the small change stream in a dialect and gives what follows from it.
func morning(t *testing.T, change func(*bench)) *bench {
	t.Helper()
	b := newBench(t, "goto", 40, 5)
	change(b)
	b.small()
	b.cfg.Cycles = 2
	if first := b.run(); len(first.Escrows) > 0 {
		t.Fatalf("escrows after the first cycles: %+v", first.Escrows)
	}
	b.cfg.Cycles = 1
	b.run()
	return b
}

func patchOf(ops string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + ops + `]}`
}

func TestFlagInTenantURL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, add, rename string
		set               map[string]string
		inURL             bool
	}{
		{rule: "W-117 W-118 W-122 the flag and what it changes, W-C12 flagInURL true", add: "add", inURL: true},
		{rule: "W-C8 memberAdd replace", add: "replace", set: map[string]string{"memberAdd": "replace"}, inURL: true},
		{rule: "W-C12 flagInURL false", add: "add", set: map[string]string{"flagInURL": "false"}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			b := morning(t, func(b *bench) {
				b.cfg.Endpoint.TenantURL += "?aadOptscim062020"
				b.cfg.Set = tt.set
			})
			writes, reads := b.writes()
			want := []string{
				"PATCH Groups " + patchOf(`{"op":"`+tt.add+`","path":"members","value":[{"value":"ID"}]}`),                                                 // W-83, W-84
				"PATCH Groups " + patchOf(`{"op":"remove","path":"members[value eq \"ID\"]"}`),                                                             // W-82
				"PATCH Users " + patchOf(`{"op":"replace","path":"active","value":false}`),                                                                 // W-75
				"PATCH Users " + patchOf(`{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"TEXT"}`), // W-79
				"PATCH Users " + patchOf(`{"op":"replace","value":{"userName":"TEXT","name.familyName":"Hartmann"}}`),                                      // W-76, W-77
			}
			if diff := cmp.Diff(sorted(want), writes); diff != "" || reads != 5 {
				t.Errorf("%d reads, writes (-want +got):\n%s", reads, diff)
			}
			for _, r := range b.seen {
				uri := strings.Fields(r)[1]
				if _, query, _ := strings.Cut(uri, "?"); strings.HasPrefix(query, "aadOptscim062020") != tt.inURL {
					t.Errorf("W-122: request %s", uri)
				}
			}
		})
	}
}

func TestOldJob(t *testing.T) {
	t.Parallel()
	b := morning(t, func(b *bench) { b.cfg.Dialect = "customappsso" })
	writes, reads := b.writes()
	want := []string{
		"PATCH Groups " + patchOf(`{"op":"Add","path":"members","value":[{"$ref":null,"value":"ID"}]}`),
		"PATCH Groups " + patchOf(`{"op":"Remove","path":"members","value":[{"$ref":null,"value":"ID"}]}`),
		"PATCH Users " + patchOf(`{"op":"Replace","path":"active","value":"False"}`),
		"PATCH Users " + patchOf(`{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department","value":"TEXT"}`), // W-54
		"PATCH Users " + patchOf(`{"op":"Replace","path":"userName","value":"TEXT"},{"op":"Replace","path":"name.familyName","value":"Hartmann"}`),
	}
	if diff := cmp.Diff(want, writes); diff != "" || reads != 5+2 {
		t.Errorf("W-21: %d reads, want two that ask for members beside the five; writes (-want +got):\n%s", reads, diff)
	}
	if asked := strings.Join(b.seen, "\n"); !strings.Contains(asked, `GET /Groups?filter=id eq "`) || !strings.Contains(asked, `" and members eq "`) {
		t.Errorf("W-21: no query for a member:\n%s", asked)
	}
}
