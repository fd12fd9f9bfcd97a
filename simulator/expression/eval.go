package expression

// Eval computes the value of the expression. Every error is an *Error that
// points to the function that failed; the value is null then.
func (e *Expression) Eval(env *Env) (Value, error) {
	if env == nil {
		env = &Env{}
	}
	r := run{env: env, source: e.source}
	v := r.eval(e.root)
	if r.err != nil {
		return Null(), r.err
	}
	v.redacted = v.redacted || r.redacted
	return v, nil
}

// run is one evaluation. Its first error ends it: functions go on with nulls, and
// the result is thrown away.
type run struct {
	env      *Env
	source   string
	err      *Error
	redacted bool  // a part of the value passed through Redact
	part     *Part // where Explain collects, else nil
}

func (r *run) eval(n node) Value {
	switch {
	case r.err != nil:
		return Null()
	case r.part != nil:
		return r.explain(n)
	}
	return r.compute(n)
}

func (r *run) compute(n node) Value {
	switch n := n.(type) {
	case *attributeNode:
		return r.attribute(n.name)
	case *constantNode:
		return n.value
	case *callNode:
		return n.function.call(arguments{run: r, call: n})
	case *comparisonNode:
		return Boolean(compare(n.operator, r.eval(n.left), r.eval(n.right)))
	default:
		return Null()
	}
}

func (r *run) attribute(name string) Value {
	if name == roleAttribute && r.env.AppRoles != nil {
		roles := FromAny(r.env.AppRoles())
		if roles.IsEmpty() {
			return Null()
		}
		return roles
	}
	if r.env.Attribute == nil {
		return Null()
	}
	return r.env.Attribute(name)
}

func (r *run) warn(message string) {
	if r.env.Warn != nil {
		r.env.Warn(message)
	}
}
