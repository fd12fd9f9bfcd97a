package conformance_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestWireIsAsked holds a default run to the rules of the wire: every form of a request that Entra
// sends is sent by a check. A form that disappears from the checks fails here, and so does a rule
// that is neither a form nor left out with a reason.
func TestWireIsAsked(t *testing.T) {
	t.Parallel()
	_, where := serve(t)
	var mu sync.Mutex
	seen, forms := map[string]bool{}, wireForms()
	where.Record = func(x *exchange.Exchange) {
		w := wireOf(x, where.URL)
		mu.Lock()
		defer mu.Unlock()
		for id, form := range forms {
			if !seen[id] && form(w) {
				seen[id] = true
			}
		}
	}
	run(t, where, conformance.Options{Parallel: 4})
	without := formless()
	for _, id := range docs.Rules() {
		if !strings.HasPrefix(id, "W-") {
			continue
		}
		reason, out := without[id]
		_, form := forms[id]
		switch {
		case form && out:
			t.Errorf("%s has a form and is left out: %s", id, reason)
		case !form && !out:
			t.Errorf("%s has neither a form nor a reason why it has none", id)
		case form && !seen[id]:
			t.Errorf("no check sends the form of %s", id)
		}
		delete(forms, id)
		delete(without, id)
	}
	for id := range forms {
		t.Errorf("%s is no rule of the ledger", id)
	}
	for id := range without {
		t.Errorf("%s is left out and is no rule of the ledger", id)
	}
}

// formless are the rules of the wire that are no form of a single request to a target, with the
// reason.
func formless() map[string]string {
	return byID(map[string]string{
		"when and in which order Entra sends": "W-2 W-4 W-5 W-6 W-16 W-19 W-23 W-36 W-39 W-40 W-41 W-51 W-52 W-72 W-87 W-91 W-92 W-93 W-94 W-95 W-96 W-C4 W-C17",
		"what Entra never sends":              "W-12 W-15 W-22 W-25 W-26 W-27 W-31 W-37 W-55 W-73 W-111 W-115 W-116 W-C3 W-C6 W-C16",
		"what Entra makes of responses": "W-3 W-7 W-97 W-98 W-99 W-100 W-101 W-102 W-103 W-104 W-105 W-106 W-107 W-108 W-109 W-110 W-112 W-132 " +
			"W-135 W-136 W-137 W-C9",
		"credentials and limits of a run":                             "W-127 W-128 W-129 W-130 W-131 W-133 W-134 W-138",
		"read by the portal, not by a job":                            "W-113 W-114 W-123",
		"known from one tool only":                                    "W-81 W-125",
		"another name for a form, or one of two that both have a row": "W-118 W-119 W-120 W-121 W-C1 W-C2 W-C5 W-C7 W-C8 W-C11 W-C15",
		"the random name of the probe: a query without a match is the same to a target, and QRY-003 sends it": "W-1",
		"RFC 7644 gives the order of parameters and of members no meaning":                                    "W-10 W-28 W-29",
		"old jobs only: dots in front of the attributes of an extension, which no RFC knows":                  "W-124",
		"a custom attribute of one application":                                                               "W-65",
		"the media type of a PATCH is that of W-24":                                                           "W-C14",
	})
}

// byID gives each id its reason, from the ids of each reason.
func byID(ids map[string]string) map[string]string {
	reasons := map[string]string{}
	for reason, list := range ids {
		for id := range strings.FieldsSeq(list) {
			reasons[id] = reason
		}
	}
	return reasons
}
