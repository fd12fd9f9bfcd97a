package onelogin

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/push"
)

// quirks are deviations of templates that vendors publish (L-24).
func quirks() map[string]func(*push.Object) error {
	set := func(name, value string) func(*push.Object) error {
		return func(o *push.Object) error {
			o.Set(name, json.RawMessage(value))
			return nil
		}
	}
	return map[string]func(*push.Object) error{
		"activeString":    set("active", `"{$user.active}"`),
		"emailsObject":    set("emails", `{"value":"{$user.email}","type":"work","primary":true}`),
		"emailsBare":      set("emails", `[{"value":"{$user.email}"}]`),
		"nullId":          set("id", "null"),
		"meta":            set("meta", `{"resourceType":"User"}`),
		"noEnterpriseURN": set("schemas", `["`+coreUser+`"]`),
		"managerId":       managerID,
		"shortURN":        shortURN,
		"ownKeys": func(o *push.Object) error {
			return errors.Join(set("user_name", `"{$user.firstname}"`)(o), set("user_lastname", `"{$user.lastname}"`)(o), set("user_email", `"{$user.email}"`)(o))
		},
	}
}

// managerID puts the manager of SCIM 1.1 into the extension of 2.0.
func managerID(o *push.Object) error {
	within := o.Within(enterprise)
	within.Set("manager", json.RawMessage(`{"managerId":"{$parameters.external_manager_id}","displayName":"{$user.manager_firstname} {$user.manager_lastname}"}`))
	text, err := push.Raw(within)
	o.Set(enterprise, text)
	return err
}

// shortURN leaves the last segment out of the URN of the extension.
func shortURN(o *push.Object) error {
	for i := range *o {
		if (*o)[i].Name == enterprise {
			(*o)[i].Name = strings.TrimSuffix(enterprise, ":User")
		}
	}
	return nil
}

func quirkNames() []string { return slices.Sorted(maps.Keys(quirks())) }

// quirksOf takes names of quirks.
func quirksOf(s *Settings, text string) error {
	if text == "none" {
		return nil
	}
	for name := range strings.SplitSeq(text, ",") {
		if _, ok := quirks()[name]; !ok {
			return fmt.Errorf("want none, or some of %s", strings.Join(quirkNames(), ", "))
		}
		s.Quirks[name] = true
	}
	return nil
}

// quirky applies the quirks to a template, by name.
func (c *Client) quirky(o push.Object) (push.Object, error) {
	for _, name := range slices.Sorted(maps.Keys(c.Quirks)) {
		if err := quirks()[name](&o); err != nil {
			return nil, err
		}
	}
	return o, nil
}
