package model

// tolerance is what a target does by itself, whatever came before. The model takes it over.
type tolerance struct {
	forms    map[string]bool // signatures of steps that are not sent again
	effects  map[string]bool // attributes that requests change without naming them
	excluded map[string]bool // attributes that are not compared
	// noReuse reports that a name which was used once is never free again, and softly that deleted
	// objects can still be read.
	noReuse, softly bool
}

func newTolerance() *tolerance {
	return &tolerance{forms: map[string]bool{}, effects: map[string]bool{}, excluded: map[string]bool{}}
}

// refuses reports a form of request that the target does not carry out as the model does.
func (t *tolerance) refuses(s Step) bool { return t.forms[s.signature()] || t.forms[s.whole()] }

// whole is the signature of all forms of a kind.
func (s Step) whole() string { return string(s.Kind) + "|" + s.On.collection() }

// allows reports whether an attribute may have another value after a step.
func (t *tolerance) allows(last Step, on Slot, path string) bool {
	key := on.collection() + "|" + path
	return t.excluded[key] || t.effects[key] && (last.On != on || !last.named(path))
}

// take notes a difference that a step makes whatever came before it.
func (t *tolerance) take(last Step, d difference) {
	key := d.on.collection() + "|" + d.path
	switch {
	case d.nature == stays:
		t.softly = true
	case d.nature == hidden:
		t.forms[last.whole()] = true
	case d.nature != apart:
		t.forms[last.signature()] = true
	case last.Kind == Create:
		t.excluded[key] = true
	case last.On == d.on && last.named(d.path):
		t.forms[last.signature()] = true
	default:
		t.effects[key] = true
	}
}
