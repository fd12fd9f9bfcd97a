package main

import (
	"errors"
	"reflect"
	"time"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// durationFlags lets every flag of a duration read the one grammar. A flag with the type
// above-zero refuses zero, where its absence means something else.
func durationFlags() kong.Option {
	return kong.OptionFunc(func(k *kong.Kong) error {
		return errors.Join(
			kong.TypeMapper(reflect.TypeFor[time.Duration](), durationFlag(duration.Parse)).Apply(k),
			kong.NamedMapper("above-zero", durationFlag(duration.ParsePositive)).Apply(k),
		)
	})
}

// durationFlag reads one flag.
type durationFlag func(string) (time.Duration, error)

// Decode implements kong.Mapper.
func (parse durationFlag) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("duration", &text); err != nil {
		return err
	}
	d, err := parse(text)
	if err != nil {
		return err
	}
	target.SetInt(int64(d))
	return nil
}
