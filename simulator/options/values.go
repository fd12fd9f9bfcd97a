package options

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

func boolean(apply func(*Settings, bool)) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		v, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("want true or false")
		}
		apply(s, v)
		return nil
	}
}

// words applies the value of one of several words.
func words[T any](apply func(*Settings, T), choices ...word[T]) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		var names []string
		for _, c := range choices {
			if c.name == text {
				apply(s, c.value)
				return nil
			}
			names = append(names, c.name)
		}
		return fmt.Errorf("want one of %s", strings.Join(names, ", "))
	}
}

// word is a word and its value.
type word[T any] struct {
	name  string
	value T
}

func as[T any](name string, value T) word[T] { return word[T]{name, value} }

// choice applies true for the second of two words and false for the first.
func choice(no, yes string, apply func(*Settings, bool)) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		if text != no && text != yes {
			return fmt.Errorf("want %s or %s", no, yes)
		}
		apply(s, text == yes)
		return nil
	}
}

func integer(least int64, apply func(*Settings, int64)) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		v, err := strconv.ParseInt(text, 10, 64)
		if err != nil || v < least {
			return fmt.Errorf("want a whole number of at least %d", least)
		}
		apply(s, v)
		return nil
	}
}

func span(apply func(*Settings, time.Duration)) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		v, err := duration.Parse(text)
		if err != nil {
			return err
		}
		apply(s, v)
		return nil
	}
}

func number(apply func(*Settings, float64)) func(*Settings, string) error {
	return func(s *Settings, text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || v < 0 || v != v {
			return errors.New("want a non-negative number")
		}
		apply(s, v)
		return nil
	}
}
