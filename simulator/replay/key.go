package replay

import "unique"

// key names a variable or an object of a stream. Two keys compare as fast as two pointers, however
// long their names are. The zero key names nothing.
type key struct{ handle unique.Handle[string] }

// keyOf is the key with a name.
func keyOf(name string) key { return key{unique.Make(name)} }

// none reports whether a key names nothing.
func (k key) none() bool { return k == key{} }

// name is the name of a key, or "".
func (k key) name() string {
	if k.none() {
		return ""
	}
	return k.handle.Value()
}
