package onelogin

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// The schemas of templates.
const (
	oldCore       = "urn:scim:schemas:core:1.0"
	oldEnterprise = "urn:scim:schemas:extension:enterprise:1.0"
	coreUser      = "urn:ietf:params:scim:schemas:core:2.0:User"
	coreGroup     = "urn:ietf:params:scim:schemas:core:2.0:Group"
	enterprise    = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	patchOp       = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
)

// templates are the templates by the kind of app (L-21 to L-23).
func templates() map[string]string {
	const name = `"name":{"givenName":"{$user.firstname}","familyName":"{$user.lastname}"}`
	return map[string]string{
		"core-v1.1": `{"schemas":["` + oldCore + `"],"userName":"{$parameters.scimusername}",` +
			`"name":{"givenName":"{$user.firstname}","familyName":"{$user.lastname}","formatted":"{$user.display_name}"}}`,
		"enterprise-v1.1": `{"schemas":["` + oldCore + `","` + oldEnterprise + `"],"userName":"{$parameters.scimusername}",` +
			`"name":{"familyName":"{$user.lastname}","givenName":"{$user.firstname}","formatted":"{$user.display_name}"},` +
			`"emails":{"value":"{$user.email}","type":"work","primary":true},"title":"{$parameters.title}",` +
			`"` + oldEnterprise + `":{"department":"{$parameters.department}","manager":{"managerId":"{$parameters.external_manager_id}",` +
			`"displayName":"{$user.manager_firstname} {$user.manager_lastname}"}}}`,
		"v2-core": `{"schemas":["` + coreUser + `"],"userName":"{$parameters.scimusername}",` + name + `,"emails":[{"value":"{$user.email}","primary":true}]}`,
		"v2-enterprise": `{"schemas":["` + coreUser + `","` + enterprise + `"],"userName":"{$parameters.scimusername}",` +
			`"name":{"familyName":"{$user.lastname}","givenName":"{$user.firstname}"},"title":"{$parameters.title}","userType":"{$user.custom_fields.user_type}",` +
			`"timezone":"{$user.custom_fields.timezone}","emails":[{"value":"{$user.email}","type":"work","primary":true}],` +
			`"addresses":[{"locality":"{$user.city}","region":"{$user.state}","country":"{$user.country}"}],` +
			`"` + enterprise + `":{"organization":"{$user.company}","division":"{$user.custom_fields.division}","department":"{$parameters.department}",` +
			`"manager":{"value":"{$parameters.external_manager_id}","displayName":"{$user.manager_firstname} {$user.manager_lastname}"}}}`,
	}
}

// old reports an app of SCIM 1.1.
func (c *Client) old() bool { return strings.HasSuffix(c.Schema, "-v1.1") }

// macros are the values of macros for a user (L-20). m is the manager, or nil.
func (c *Client) macros(o, m *directory.Object) map[string]string {
	text := func(o *directory.Object, name string) string {
		if o == nil {
			return ""
		}
		v, _ := o.Attribute(name).(string)
		return v
	}
	login, mail := text(o, "userPrincipalName"), text(o, "mail")
	if mail == "" {
		mail = login
	}
	username := login
	if c.ByMail {
		username = mail
	}
	manager := ""
	if m != nil {
		manager = number(m.ID)
	}
	return map[string]string{
		"parameters.scimusername": username, "user.username": login, "user.email": mail, "user.firstname": text(o, "givenName"), "user.lastname": text(o, "surname"),
		"user.display_name": text(o, "displayName"), "user.id": number(o.ID), "user.status": map[bool]string{true: "1", false: "2"}[o.Enabled()],
		"user.active": strconv.FormatBool(o.Enabled()), "user.phone": text(o, "telephoneNumber"),
		"user.title": text(o, "jobTitle"), "parameters.title": text(o, "jobTitle"), "user.department": text(o, "department"),
		"parameters.department": text(o, "department"), "user.company": text(o, "companyName"), "user.city": text(o, "city"), "user.state": text(o, "state"),
		"user.country": text(o, "country"), "parameters.external_manager_id": manager, "user.manager_firstname": text(m, "givenName"),
		"user.manager_lastname": text(m, "surname"), "user.custom_fields.user_type": text(o, "employeeType"),
	}
}

// number is the id of a user in OneLogin, which is a number.
func number(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	return strconv.FormatUint(uint64(h.Sum32())%900_000_000+100_000_000, 10)
}

// render fills the template for a user.
func (c *Client) render(values map[string]string) (push.Object, error) {
	text := templates()[c.Schema]
	if c.Custom != "" {
		text = c.Custom
	}
	o, err := push.ParseObject([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	if o, err = c.quirky(o); err != nil {
		return nil, err
	}
	filled, err := fill(mustRaw(o), values)
	if err != nil {
		return nil, err
	}
	return push.ParseObject(filled)
}

func mustRaw(o push.Object) json.RawMessage {
	text, err := push.Raw(o)
	if err != nil {
		return nil
	}
	return text
}

// fill replaces the macros in all strings of a value. A macro without a value becomes empty (L-24).
func fill(value json.RawMessage, macros map[string]string) (json.RawMessage, error) {
	switch {
	case len(value) == 0:
		return value, nil
	case value[0] == '{':
		o, err := push.ParseObject(value)
		if err != nil {
			return nil, err
		}
		for i := range o {
			if o[i].Value, err = fill(o[i].Value, macros); err != nil {
				return nil, err
			}
		}
		return push.Raw(o)
	case value[0] == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil {
			return nil, fmt.Errorf("read the template: %w", err)
		}
		for i := range list {
			var err error
			if list[i], err = fill(list[i], macros); err != nil {
				return nil, err
			}
		}
		return push.Raw(list)
	case value[0] != '"':
		return value, nil
	}
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	return push.Raw(replaced(s, macros))
}

// replaced fills the macros of a string.
func replaced(s string, macros map[string]string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{$")
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			b.WriteString(s)
			return strings.TrimSpace(b.String())
		}
		b.WriteString(before + macros[name])
		s = after
	}
}
