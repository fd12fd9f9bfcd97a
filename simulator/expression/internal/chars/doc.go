// Package chars holds what the expression language does to characters: letter case,
// diacritics, UTF-16 positions, digits, and quotes. It knows strings only.
package chars
