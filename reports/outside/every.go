package outside

import "reflect"

// Every returns a deep copy of a value in which every string went through change: in fields,
// lists, and keys and values of maps. A field that is added later is included.
func Every[T any](value T, change func(string) string) T {
	v := reflect.ValueOf(&value).Elem()
	return copied(v, change).Interface().(T)
}

// copied returns the copy of one value. Fields that are not exported stay as they are.
func copied(v reflect.Value, change func(string) string) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	switch v.Kind() {
	case reflect.String:
		c.SetString(change(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			c.Set(reflect.New(v.Type().Elem()))
			c.Elem().Set(copied(v.Elem(), change))
		}
	case reflect.Interface:
		if !v.IsNil() {
			c.Set(copied(v.Elem(), change))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.Field(i).Set(copied(v.Field(i), change))
			}
		}
	case reflect.Slice:
		if !v.IsNil() {
			c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			elements(c, v, change)
		}
	case reflect.Array:
		elements(c, v, change)
	case reflect.Map:
		if !v.IsNil() {
			c.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for key, element := range v.Seq2() {
				c.SetMapIndex(copied(key, change), copied(element, change))
			}
		}
	default: // numbers, booleans, functions: nothing to show
	}
	return c
}

func elements(to, from reflect.Value, change func(string) string) {
	for i := range from.Len() {
		to.Index(i).Set(copied(from.Index(i), change))
	}
}
