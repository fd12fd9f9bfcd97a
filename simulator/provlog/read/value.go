package read

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// value reads a JSON value: an entry, or something that contains entries.
func (r *reader) value(v saved.Value) {
	v = v.Unwrapped()
	switch v.Kind() {
	case '[':
		list, err := v.List()
		r.fail(err)
		for i := range list {
			r.value(list[i])
		}
	case '{':
		o, err := v.Object()
		if err != nil {
			r.fail(err)
			return
		}
		r.object(o)
	default:
		r.fail(v.Fault("%s is not an entry of a provisioning log; hint: give the response of GET /auditLogs/provisioning, or the download of the portal", v.String()))
	}
}

// object reads an entry, or an envelope: a page of Graph, a batch of Event Hub, a record of a
// diagnostic setting, the result of a query in Log Analytics, or the result of provision on demand.
func (r *reader) object(o *saved.Object) {
	if o.Has("@odata.nextLink") {
		r.note("%s is one page of several; hint: follow @odata.nextLink and give all pages", o.Place())
	}
	if isEntry(o) {
		r.entry(o)
		return
	}
	if tables, ok := o.Get("tables"); ok && tables.Kind() == '[' {
		r.query(tables)
		return
	}
	for _, name := range []string{"value", "records", "entries", "logs", "body", "properties"} {
		v, ok := o.Get(name)
		if !ok || v.Kind() != '[' && v.Kind() != '{' {
			continue
		}
		if name == "properties" {
			r.wrapped(o, v)
			return
		}
		r.value(v)
		return
	}
	if _, ok := o.Get("value"); !ok && o.Has("value") {
		return // an empty page
	}
	r.fail(o.Fault("%s", stranger(o)))
}

// isEntry reports whether an object has what only entries have.
func isEntry(o *saved.Object) bool {
	if _, ok := o.Get("provisioningSteps"); ok {
		return true
	}
	status := o.Has("provisioningStatusInfo", "statusInfo", "status", "resultType")
	about := o.Has("provisioningAction", "action", "sourceIdentity", "targetIdentity", "reportableIdentifier")
	return status && about
}

// wrapped reads a record of a diagnostic setting, whose entry is its properties (G-43). What the
// envelope alone says, such as the time, is taken from it.
func (r *reader) wrapped(o *saved.Object, v saved.Value) {
	if category := o.Text("category"); category != "" && !strings.EqualFold(category, "ProvisioningLogs") {
		r.note("%s: the category %s is ignored; only ProvisioningLogs is read", o.Place(), category)
		return
	}
	inner, err := v.Object()
	if err != nil {
		r.fail(err)
		return
	}
	if !isEntry(inner) {
		r.fail(inner.Fault("%s", stranger(inner)))
		return
	}
	e, err := entry(inner)
	if err != nil {
		r.fail(err)
		return
	}
	if !e.timed() {
		r.fail(e.setTime(o))
	}
	r.add(e)
}

func (r *reader) entry(o *saved.Object) {
	e, err := entry(o)
	if err != nil {
		r.fail(err)
		return
	}
	r.add(e)
}

// query reads the tables of a query in Log Analytics.
func (r *reader) query(tables saved.Value) {
	list, err := tables.List()
	r.fail(err)
	for i := range list {
		t, err := list[i].Object()
		if err != nil {
			r.fail(err)
			return
		}
		var columns []string
		if v, ok := t.Get("columns"); ok {
			names, err := v.List()
			r.fail(err)
			for k := range names {
				if c, err := names[k].Object(); err == nil {
					columns = append(columns, c.Text("name", "ColumnName"))
					continue
				}
				columns = append(columns, names[k].String())
			}
		}
		v, ok := t.Get("rows")
		if !ok {
			continue
		}
		rows, err := v.List()
		r.fail(err)
		objects, err := saved.Table(columns, rows)
		r.fail(err)
		for _, o := range objects {
			if !isEntry(o) {
				r.fail(o.Fault("%s", stranger(o)))
				continue
			}
			r.entry(o)
		}
	}
}
