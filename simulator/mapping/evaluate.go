package mapping

import (
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

// Value is the result of an attribute mapping for one object.
type Value struct {
	Attribute *Attribute
	Value     expression.Value
	// FromDefault is set if the source is null and the default replaces it (E-112).
	FromDefault bool
	// Omitted is set when the attribute could not be evaluated and the others flow without it.
	Omitted bool
}

// Absent reports that the source has no value for an attribute that takes one value.
func (v *Value) Absent() bool {
	return v.Value.IsNull() && !v.Omitted && !v.Value.Dropped() && !v.Attribute.Multivalued && v.Attribute.Roles == NoRoles
}

// EvaluationError names an attribute that could not be evaluated.
type EvaluationError struct {
	Attribute *Attribute
	Err       error
}

// Error names the target attribute and the cause in one line.
func (e *EvaluationError) Error() string {
	cause := e.Err.Error()
	if wrong, ok := errors.AsType[*expression.Error](e.Err); ok {
		line, column := wrong.LineColumn()
		cause = fmt.Sprintf("%s (line %d, column %d of its expression)", wrong.Summary(), line, column)
	}
	return fmt.Sprintf("evaluate the mapping of %s: %s", e.Attribute.Name, cause)
}

// Unwrap returns the cause.
func (e *EvaluationError) Unwrap() error { return e.Err }

// ErrSeveralValues is the cause if a multi-valued source is mapped to a target attribute that
// takes one value; the service calls it SchemaPropertyCanOnlyAcceptValue (E-128).
var ErrSeveralValues = errors.New("the source has a list of values, but the target attribute takes one value")

// Evaluate returns one Value for each attribute that is not a reference, in the order of the
// mapping. Nulls are included, so that a caller can see a missing value (E-126).
// The error is an *EvaluationError.
func (o *Object) Evaluate(env *expression.Env) ([]Value, error) {
	values := make([]Value, 0, len(o.Attributes))
	for _, a := range o.Attributes {
		if a.Reference {
			continue
		}
		v, err := a.evaluate(env)
		if err != nil {
			failed := &EvaluationError{a, err}
			if !o.OmitFailed {
				return nil, failed
			}
			v = Value{Attribute: a, Omitted: true}
			if env.Warn != nil {
				env.Warn(failed.Error() + "; the attribute was omitted")
			}
		}
		values = append(values, v)
	}
	return values, nil
}

func (a *Attribute) evaluate(env *expression.Env) (Value, error) {
	v := Value{Attribute: a}
	if a.Expr != nil {
		var err error
		if v.Value, err = a.Expr.Eval(env); err != nil {
			return Value{}, err
		}
	}
	if a.roleType && !v.Value.IsNull() {
		v.Value = expression.String(RoleType)
	}
	if v.Value.Kind() == expression.KindList && !a.Multivalued {
		if !v.Value.IsEmpty() {
			return Value{}, ErrSeveralValues
		}
		v.Value = expression.Null()
	}
	if v.Value.IsNull() && !v.Value.Dropped() && !v.Value.Cleared() {
		if d, ok := a.defaultValue(); ok {
			v.Value, v.FromDefault = d, true
		}
	}
	return v, nil
}

// Missing returns the first required attribute without a value, nil if none is missing.
// An object cannot be created without it: MandatoryFieldsMissing (E-126).
func Missing(values []Value) *Attribute {
	for _, v := range values {
		if v.Attribute.Required && v.Value.IsEmpty() {
			return v.Attribute
		}
	}
	return nil
}

// Create returns the values that a POST contains: those that are not null, defaults and "Only
// during object creation" included (E-112, E-113, E-120).
func Create(values []Value) []Value {
	out := make([]Value, 0, len(values))
	for _, v := range values {
		if !v.Value.IsNull() {
			out = append(out, v)
		}
	}
	return out
}
