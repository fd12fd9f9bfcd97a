package console

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// Line is what was typed, with what variables and the configuration file added.
type Line struct{ Ctx *kong.Context }

// Path is the command: "tenant generate".
func (l *Line) Path() string { return CommandPath(l.Ctx) }

// option is a flag that was given on the command line, by a variable or in a file.
type option struct {
	Name   string
	Values []string // "true" for a switch
	bool   bool
}

// Options lists the given flags by name, without --config: what came out of the file
// stands here itself. Secrets in headers and addresses are variables (F6).
func (l *Line) Options() []option {
	var list []option
	for _, p := range l.Ctx.Path {
		if p.Flag == nil || p.Flag.Name == "config" || p.Flag.Name == "help" {
			continue
		}
		value := reflect.ValueOf(l.Ctx.FlagValue(p.Flag))
		o := option{Name: p.Flag.Name, bool: p.Flag.IsBool(), Values: texts(value)}
		list = slices.DeleteFunc(list, func(other option) bool { return other.Name == o.Name })
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b option) int { return strings.Compare(a.Name, b.Name) })
	showSecrets(list)
	return list
}

// showSecrets puts variables in the place of secrets: in headers that may carry one, in those that
// --redact names, and in addresses.
func showSecrets(list []option) {
	hidden := exchange.NewRedactor()
	for _, o := range list {
		if o.Name == "redact" {
			hidden.Hide(o.Values...)
		}
	}
	for _, o := range list {
		for i, text := range o.Values {
			name, _, _ := strings.Cut(text, "=")
			switch {
			case o.Name == "header" && hidden.Hides(name):
				o.Values[i] = exchange.HiddenHeader(text)
			case o.Name == "header":
				o.Values[i] = exchange.ShownHeader(text)
			case strings.Contains(text, "://"):
				o.Values[i] = exchange.NewAddress(text).Shown()
			}
		}
	}
}

// Given reports whether somebody set a flag: on the command line, by a variable or in a file.
func (l *Line) Given(flag string) bool {
	return slices.ContainsFunc(l.Ctx.Path, func(p *kong.Path) bool { return p.Flag != nil && p.Flag.Name == flag })
}

// texts formats the value of a flag as it is typed.
func texts(v reflect.Value) []string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Slice {
		return []string{fmt.Sprint(v.Interface())}
	}
	list := make([]string, v.Len())
	for i := range list {
		list[i] = fmt.Sprint(v.Index(i).Interface())
	}
	return list
}

// Repeat is the command that runs the same again, with its arguments and flags, and with the seed that was drawn, if any.
func (l *Line) Repeat(seed *uint64) string {
	words := []string{"scimdrill", l.Path()}
	for _, p := range l.Ctx.Selected().Positional {
		for _, v := range texts(p.Target) {
			if v != "" {
				words = append(words, layout.Quote(v))
			}
		}
	}
	seeded := seed == nil
	for _, o := range l.Options() {
		seeded = seeded || o.Name == "seed"
		if o.bool {
			if slices.Equal(o.Values, []string{"true"}) {
				words = append(words, "--"+o.Name)
			}
			continue
		}
		for _, v := range o.Values {
			words = append(words, "--"+o.Name, layout.Quote(v))
		}
	}
	if !seeded {
		words = append(words, "--seed", strconv.FormatUint(*seed, 10))
	}
	return strings.Join(words, " ")
}

// CommandPath is the command as far as it was understood: "tenant generate".
func CommandPath(ctx *kong.Context) string {
	var names []string
	for _, p := range ctx.Path {
		if p.Command != nil {
			names = append(names, p.Command.Name)
		}
	}
	return strings.Join(names, " ")
}
