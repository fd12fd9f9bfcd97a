package intake

import (
	"encoding/json"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// value reads a document, a list, a page or an object.
func (r *reader) value(v saved.Value, in setting) {
	switch v = v.Unwrapped(); v.Kind() {
	case '[':
		list, err := v.List()
		r.fail(err)
		for i := range list {
			r.value(list[i], in)
		}
	case '{':
		o, err := v.Object()
		if err != nil {
			r.fail(err)
			return
		}
		r.object(o, in)
	case '"':
		if in.kind == membership && !shortened(v.String()) { // a list of ids
			r.member(in, v.Place(), v.String())
			return
		}
		r.fail(plainText(&v))
	default:
		r.fail(v.Fault("%s is not an object of a directory; hint: save the whole response of Graph", v.Raw))
	}
}

// object reads an object, or a page or an envelope of an exporter: {"users":[…],"groups":[…]}.
func (r *reader) object(o *saved.Object, in setting) {
	in = in.within(o.Text("@odata.context"))
	if o.Has("error") && !o.Has("id") {
		r.fail(o.Fault("Graph responded with an error: %s; hint: the account needs Directory.Read.All; repeat the request", o.Text("error.message", "error.code", "error")))
		return
	}
	if v, ok := o.Get("value"); ok && v.Kind() == '[' {
		list, err := v.List()
		r.fail(err)
		r.page(o, in, len(list))
		r.value(v, in)
		return
	} else if ok && o.Has("@odata.context") {
		r.fail(plainText(&v))
		return
	}
	if o.Has("value") && o.Has("@odata.context") {
		return // an empty page
	}
	if r.batch(o, in) || r.parts(o) {
		return
	}
	r.resource(o, in)
}

// batch reads the response of a batch: each response has a body of its own.
func (r *reader) batch(o *saved.Object, in setting) bool {
	v, ok := o.Get("responses")
	if !ok || v.Kind() != '[' {
		return false
	}
	list, err := v.List()
	r.fail(err)
	for i := range list {
		one, err := list[i].Object()
		if err != nil {
			r.fail(err)
			continue
		}
		if body, ok := one.Get("body"); ok {
			r.value(body, in)
		}
	}
	return true
}

// parts reads an envelope whose members are lists of objects, each of a kind.
func (r *reader) parts(o *saved.Object) bool {
	if o.Has("id", "principalId", "userPrincipalName", "@odata.type") {
		return false
	}
	found := false
	for _, name := range o.Names() {
		v, ok := o.Get(name)
		if in := named(name); ok && in.kind != "" && v.Kind() == '[' {
			found = true
			if in.kind != secret {
				r.value(v, in)
			}
		}
	}
	return found
}

// resource reads one object.
func (r *reader) resource(o *saved.Object, in setting) {
	kind, name := kindOf(o, in)
	switch kind {
	case "":
		r.fail(o.Fault("%s", stranger(o)))
		return
	case secret:
		r.note("%s: secrets are not read", o.Place())
		return
	case ignored:
		r.left[name]++
		return
	case membership, management:
		r.relation(o, kind, in)
		return
	}
	if o.Has("@removed") && !o.Has("userPrincipalName", "displayName") {
		r.left["objects that were deleted"]++
		return
	}
	if id := o.Text("id", "objectId"); in.kind == membership && id != "" && o.Text("userPrincipalName", "displayName", more+"userPrincipalName", more+"displayName") == "" {
		r.member(in, o.Place(), id) // nothing but a reference
		return
	}
	x, err := r.read(o, kind)
	if err != nil {
		r.fail(err)
		return
	}
	r.add(x)
	if in.kind == membership && x.kind != assignment {
		r.member(in, x.place, x.id)
	}
}

// more begins the path of what a module of PowerShell does not know.
const more = "AdditionalProperties."

// read reads the properties of an object. PowerShell writes them with capitals, and puts what it
// does not know into AdditionalProperties.
func (r *reader) read(o *saved.Object, kind string) (*object, error) {
	x := &object{place: o.Place(), kind: kind, properties: map[string]any{}}
	members, err := o.Members()
	if err != nil {
		return nil, err
	}
	for _, bag := range []string{"AdditionalProperties", "ExtensionProperty"} {
		if v, ok := o.Get(bag); ok && v.Kind() == '{' {
			inside, err := v.Members()
			if err != nil {
				return nil, err
			}
			members = append(members, inside...)
		}
	}
	if id := o.Text("id", "objectId"); id != "" {
		x.properties["id"] = id
	}
	for _, m := range members {
		if err := r.property(x, m); err != nil {
			return nil, err
		}
	}
	x.id, _ = x.properties["id"].(string)
	return x, r.identify(x)
}

// identify checks the id. A list of people without ids has user names; they serve as ids.
func (r *reader) identify(x *object) error {
	if x.id == "" && x.kind == user {
		if x.id, _ = x.properties["userPrincipalName"].(string); x.id != "" {
			r.note("users without an id have their userPrincipalName as id")
		}
	}
	if x.id == "" && x.kind == assignment {
		x.id = str(x.properties["principalId"]) + "-" + str(x.properties["appRoleId"])
	}
	if x.id == "" && x.kind != application {
		return fault(x.place, "id", "the %s has no id; hint: add id to $select, and save the response again", x.kind)
	}
	delete(x.properties, "id")
	return nil
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// property keeps one property, in the spelling of Graph.
func (r *reader) property(x *object, m saved.Member) error {
	name := r.spelled(m.Name)
	if strings.HasPrefix(name, "@") && name != "@removed" || strings.Contains(name, "odata.") || name == "additionalProperties" ||
		name == "extensionProperty" {
		return nil
	}
	if secretProperty(name) {
		r.note("secrets are not read: %s", name)
		return nil
	}
	if left, err := r.shortenedValue(x, name, m.Value); left || err != nil {
		return err
	}
	switch base := strings.TrimSuffix(name, "@delta"); {
	case base == "members" && x.kind == group, base == "manager" && x.kind == user, base == "memberOf" || base == "transitiveMemberOf",
		base == "appRoleAssignments" && x.kind != application, base == "appRoleAssignedTo":
		return r.navigation(x, base, m.Value)
	case base == "owners" || base == "directReports" || base == "transitiveMembers":
		return nil
	}
	var v any
	if err := json.Unmarshal(m.Raw, &v); err != nil {
		return m.Fault("%w", err)
	}
	v, err := typed(name, native(m.Name, v))
	if err != nil {
		return m.Fault("%w", err)
	}
	if old, ok := x.properties[name]; !ok || old == nil {
		x.properties[name] = v
	}
	return nil
}
