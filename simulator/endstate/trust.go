package endstate

// enough is how many confirmations make a claim trusted.
const enough = 25

// trust counts how often a read confirmed what a list said, by the kind of claim.
type trust struct {
	agreed, contradicted map[string]int
}

func newTrust() trust { return trust{agreed: map[string]int{}, contradicted: map[string]int{}} }

// believes reports whether a claim needs no confirmation any more.
func (t *trust) believes(claim string) bool {
	return t.contradicted[claim] == 0 && t.agreed[claim] >= enough
}

// saw notes whether a claim was confirmed.
func (t *trust) saw(claim string, confirmed bool) {
	if confirmed {
		t.agreed[claim]++
	} else {
		t.contradicted[claim]++
	}
}
