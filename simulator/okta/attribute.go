package okta

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// The schemas of bodies.
const (
	coreUser   = "urn:ietf:params:scim:schemas:core:2.0:User"
	coreGroup  = "urn:ietf:params:scim:schemas:core:2.0:Group"
	enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	patchOp    = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
)

// attribute is a row of the default mapping (O-46): a target path, and the attribute of the directory.
type attribute struct{ path, source string }

// attributes are the rows in the order of bodies (O-42).
func attributes() []attribute {
	return []attribute{
		{"userName", "userPrincipalName"},
		{"name.givenName", "givenName"},
		{"name.familyName", "surname"},
		{"emails.value", "mail"},
		{"emails.type", ""},
		{"title", "jobTitle"},
		{"displayName", "displayName"},
		{"locale", "preferredLanguage"},
		{"userType", "employeeType"},
		{enterprise + ":employeeNumber", "employeeId"},
		{enterprise + ":costCenter", "costCenter"},
		{enterprise + ":organization", "companyName"},
		{enterprise + ":division", "division"},
		{enterprise + ":department", "department"},
		{enterprise + ":manager", "manager"},
	}
}

// login is the name of a user in Okta.
func login(o *directory.Object) string {
	v, _ := o.Attribute("userPrincipalName").(string)
	return v
}

// values are the mapped values of a user, by target path.
func (c *Client) values(ctx context.Context, s *push.Session, o *directory.Object) (map[string]string, error) {
	out := map[string]string{}
	for _, a := range attributes() {
		if c.Unmapped[a.path] {
			continue
		}
		v, err := c.value(ctx, s, o, a)
		if err != nil {
			return nil, err
		}
		if v != "" {
			out[a.path] = v
		}
	}
	if c.PasswordSync {
		if v, ok := o.Properties["lastPasswordChangeDateTime"].(string); ok {
			out[passwordKey] = v
		}
	}
	return out, nil
}

// passwordKey is the key of the instant of the password that was sent.
const passwordKey = "password"

// value is the value of one row.
func (c *Client) value(ctx context.Context, s *push.Session, o *directory.Object, a attribute) (string, error) {
	text := func(name string) string {
		v, _ := o.Attribute(name).(string)
		return v
	}
	switch a.path {
	case "userName":
		if mail := text("mail"); c.LoginByMail && mail != "" {
			return mail, nil
		}
		return login(o), nil
	case "emails.value":
		if mail := text("mail"); mail != "" {
			return mail, nil
		}
		return login(o), nil
	case "emails.type":
		return "work", nil
	case enterprise + ":costCenter", enterprise + ":division":
		if org, ok := o.Properties["employeeOrgData"].(map[string]any); ok {
			v, _ := org[a.source].(string)
			return v, nil
		}
		return "", nil
	case enterprise + ":manager":
		return c.managerOf(ctx, s, o)
	}
	return text(a.source), nil
}

// managerOf is the text of the manager.
func (c *Client) managerOf(ctx context.Context, s *push.Session, o *directory.Object) (string, error) {
	if c.Manager == managerNone || o.ManagerID == "" {
		return "", nil
	}
	m, err := s.Tenant.ByID(ctx, o.ManagerID)
	if err != nil || m == nil {
		return "", err
	}
	if c.Manager == managerLogin {
		return login(m), nil
	}
	v, _ := m.Attribute("displayName").(string)
	return v, nil
}

// changed are the paths whose value differs from what was sent, in the order of bodies.
func changed(now, sent map[string]string) []string {
	var list []string
	for _, a := range attributes() {
		if now[a.path] != sent[a.path] {
			list = append(list, a.path)
		}
	}
	return list
}

// body is an object under construction.
type body struct {
	push.Object

	err error
}

func (b *body) set(name string, v any) {
	text, err := push.Raw(v)
	if err != nil {
		b.err = err
		return
	}
	b.Set(name, text)
}

// put writes the values of some paths into a resource (O-47). A value that is missing is emptied.
func (c *Client) put(b *body, values map[string]string, paths []string) {
	for _, path := range paths {
		v, has := values[path]
		switch {
		case path == "emails.value" || path == "emails.type":
			c.putMail(b, values)
		case path == enterprise+":manager":
			c.putManager(b, v, has)
		case strings.HasPrefix(path, enterprise+":"):
			c.putWithin(b, enterprise, strings.TrimPrefix(path, enterprise+":"), v, has)
		case strings.Contains(path, "."):
			outer, inner, _ := strings.Cut(path, ".")
			c.putWithin(b, outer, inner, v, has)
		default:
			c.putText(b, path, v, has)
		}
	}
}

// putMail replaces the e-mails whole (O-42, O-47).
func (c *Client) putMail(b *body, values map[string]string) {
	v, has := values["emails.value"]
	if !has {
		return
	}
	mail := &body{}
	mail.set("primary", true)
	mail.set("value", v)
	if kind := values["emails.type"]; kind != "" {
		mail.set("type", kind)
	}
	b.set("emails", []push.Object{mail.Object})
}

// putText writes a string, or empties it (O-50).
func (c *Client) putText(b *body, name, v string, has bool) {
	switch {
	case has:
		b.set(name, v)
	case c.Emptied == emptiedNull:
		b.set(name, nil)
	case c.Emptied == emptiedText:
		b.set(name, "")
	default:
		b.Remove(name)
	}
}

// putWithin writes a member of an object in the resource.
func (c *Client) putWithin(b *body, outer, inner, v string, has bool) {
	within := &body{Object: b.Within(outer)}
	if !has && len(within.Object) == 0 {
		return
	}
	c.putText(within, inner, v, has)
	c.keep(b, outer, within)
}

// putManager writes the text of the manager; none is a null value (O-50).
func (c *Client) putManager(b *body, v string, has bool) {
	within := &body{Object: b.Within(enterprise)}
	m := &body{}
	if has {
		m.set("value", v)
	} else {
		m.set("value", nil)
	}
	within.set("manager", m.Object)
	c.keep(b, enterprise, within)
}

// keep puts an object back into the resource; one that became empty goes.
func (c *Client) keep(b *body, name string, within *body) {
	if len(within.Object) == 0 {
		b.Remove(name)
		return
	}
	b.set(name, within.Object)
	if name == enterprise {
		b.extended()
	}
}

// extended names the extension in schemas (O-45).
func (b *body) extended() {
	schemas := b.schemas()
	for _, urn := range schemas {
		if strings.EqualFold(urn, enterprise) {
			return
		}
	}
	b.set("schemas", append(schemas, enterprise))
}

// schemas are the URNs that the resource names.
func (b *body) schemas() []string {
	var list []string
	if json.Unmarshal(b.Get("schemas"), &list) != nil {
		return nil
	}
	return list
}
