package faultproxy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/reports/yamlshape"
)

// Order are the faults that somebody wants from now on, as they are written.
type Order struct {
	Faults []string `json:"faults"`
	// Seed selects the requests that fail. Nil keeps the seed.
	Seed *uint64 `json:"seed,omitempty"`
}

// orderHint shows the forms of a body.
const orderHint = `hint: send a list such as ["500=0.02", "outage for 1m"], or {"faults": [...], "seed": 7}; DELETE ends all faults`

// readOrder reads the body of a PUT: one fault, a list of faults, or an object with faults and
// seed. JSON is YAML too. The library may panic on unusual input, which is a mistake in the body.
func readOrder(data []byte) (o Order, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read the faults: invalid YAML (%v); %s", p, orderHint)
		}
	}()
	if err := yamlshape.Check(data); err != nil {
		return Order{}, fmt.Errorf("read the faults: %w", err)
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	var body, more any
	switch err := d.Decode(&body); {
	case errors.Is(err, io.EOF) || err == nil && body == nil:
		return Order{}, fmt.Errorf("read the faults: the body is empty; %s", orderHint)
	case err != nil:
		return Order{}, fmt.Errorf("read the faults: the body is neither JSON nor YAML: %s; %s", yaml.FormatError(err, false, false), orderHint)
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return Order{}, fmt.Errorf("read the faults: the body contains a second document; %s", orderHint)
	}
	if err := o.take(body); err != nil {
		return Order{}, fmt.Errorf("read the faults: %w; %s", err, orderHint)
	}
	return o, nil
}

// take takes the order from a decoded body.
func (o *Order) take(body any) (err error) {
	switch v := body.(type) {
	case string:
		o.Faults = []string{v}
	case []any:
		o.Faults, err = list(v)
	case map[string]any:
		return o.object(v)
	default:
		return fmt.Errorf("the body is %v instead of a list of faults", v)
	}
	return err
}

func (o *Order) object(members map[string]any) error {
	for name, value := range members {
		switch name {
		case "faults":
			entries, ok := value.([]any)
			if !ok {
				return errors.New("faults is not a list")
			}
			var err error
			if o.Faults, err = list(entries); err != nil {
				return err
			}
		case "seed":
			n, ok := value.(uint64)
			if !ok {
				return fmt.Errorf("the seed %v is not an integer from 0 to %d", value, uint64(math.MaxUint64))
			}
			o.Seed = &n
		default:
			return nearest.Unknown("member", name, []string{"faults", "seed"}, "the members are faults and seed")
		}
	}
	if _, given := members["faults"]; !given {
		return errors.New("the member faults is missing")
	}
	return nil
}

func list(entries []any) ([]string, error) {
	faults := make([]string, 0, len(entries))
	for i, entry := range entries {
		text, ok := entry.(string)
		if !ok {
			return nil, fmt.Errorf("entry %d is not a string such as \"500=0.02\"", i+1)
		}
		faults = append(faults, text)
	}
	return faults, nil
}
