package expression

import "slices"

// Part is a part of an expression with its result: an attribute, a constant, a
// comparison or a call.
type Part struct {
	// Text is the part in normal form.
	Text string
	// Value is the result; redacted ones print as [Redact].
	Value Value
	// Constant is set for strings, numbers and words, whose value is evident.
	Constant bool
	// Skipped is set for an argument that was not needed, such as the other branch of IIF.
	Skipped bool
	// Err is the error of this part itself, or nil.
	Err *Error
	// Parts are the arguments, or the two sides of a comparison, in the order of the text.
	Parts []Part
}

// Explain evaluates like Eval and also returns the result of each part. The error is that of
// Eval; the parts are filled in as far as the evaluation went.
func (e *Expression) Explain(env *Env) (Part, error) {
	if env == nil {
		env = &Env{}
	}
	top := Part{}
	r := run{env: env, source: e.source, part: &top}
	r.eval(e.root)
	whole := top.Parts[0]
	if r.err != nil {
		return whole, r.err
	}
	return whole, nil
}

// explain evaluates a node and adds it to the part that uses it.
func (r *run) explain(n node) Value {
	parent, failed := r.part, r.err
	part := Part{Text: format(n)}
	_, part.Constant = n.(*constantNode)
	r.part = &part
	v := r.compute(n)
	r.part = parent
	if r.redacted {
		v.redacted = true // every part that was evaluated with or after Redact
	}
	switch {
	case r.err == nil:
		part.Value = v
	case failed == nil && !failedIn(part.Parts):
		part.Err = r.err
	}
	part.Parts = arranged(n, part.Parts)
	parent.Parts = append(parent.Parts, part)
	return v
}

// failedIn reports whether the error of the run arose in one of the parts.
func failedIn(parts []Part) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Err != nil || failedIn(p.Parts) })
}

// arranged puts the parts in the order of the text, each once, with those that were not
// evaluated in their places.
func arranged(n node, done []Part) []Part {
	var children []node
	switch n := n.(type) {
	case *callNode:
		children = n.arguments
	case *comparisonNode:
		children = []node{n.left, n.right}
	}
	var out []Part
	for _, child := range children {
		if child == nil {
			continue
		}
		out = append(out, take(child, &done))
	}
	return out
}

// take removes the part of a node from those that were evaluated.
func take(child node, done *[]Part) Part {
	text := format(child)
	if i := slices.IndexFunc(*done, func(p Part) bool { return p.Text == text }); i >= 0 {
		p := (*done)[i]
		*done = slices.Delete(*done, i, i+1)
		return p
	}
	_, constant := child.(*constantNode)
	return Part{Text: text, Constant: constant, Skipped: true}
}
