package choice

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Boolean applies true or false.
func Boolean[S any](apply func(*S, bool)) func(*S, string) error {
	return func(s *S, text string) error {
		v, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("want true or false")
		}
		apply(s, v)
		return nil
	}
}

// Words applies the value of one of several words.
func Words[S, T any](apply func(*S, T), choices ...Word[T]) func(*S, string) error {
	return func(s *S, text string) error {
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

// Word is a word and its value.
type Word[T any] struct {
	name  string
	value T
}

// As is a word and its value.
func As[T any](name string, value T) Word[T] { return Word[T]{name, value} }

// Either applies true for the second of two words and false for the first.
func Either[S any](no, yes string, apply func(*S, bool)) func(*S, string) error {
	return func(s *S, text string) error {
		if text != no && text != yes {
			return fmt.Errorf("want %s or %s", no, yes)
		}
		apply(s, text == yes)
		return nil
	}
}

// Integer applies a whole number that is not below least.
func Integer[S any](least int64, apply func(*S, int64)) func(*S, string) error {
	return func(s *S, text string) error {
		v, err := strconv.ParseInt(text, 10, 64)
		if err != nil || v < least {
			return fmt.Errorf("want a whole number of at least %d", least)
		}
		apply(s, v)
		return nil
	}
}

// Span applies a duration.
func Span[S any](apply func(*S, time.Duration)) func(*S, string) error {
	return func(s *S, text string) error {
		v, err := duration.Parse(text)
		if err != nil {
			return err
		}
		apply(s, v)
		return nil
	}
}

// Number applies a number that is not negative.
func Number[S any](apply func(*S, float64)) func(*S, string) error {
	return func(s *S, text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || v < 0 || v != v {
			return errors.New("want a non-negative number")
		}
		apply(s, v)
		return nil
	}
}
