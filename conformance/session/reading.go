package session

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// decode reads a JSON object as tolerantly as its content allows, so that one fault of a target is
// one finding. Names in another letter case, and ids that are numbers, are read as they are
// meant: a check of its own judges them on the raw body.
func decode(raw []byte, booleans bool) map[string]any {
	var body map[string]any
	if json.Unmarshal(raw, &body) != nil {
		return nil
	}
	read(body, booleans)
	return body
}

// read corrects a value in place.
func read(v any, booleans bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			read(e, booleans)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			name = respelled(v, name)
			switch e := v[name].(type) {
			case float64:
				if name == "id" || name == "value" && v["$ref"] != nil {
					v[name] = strconv.FormatFloat(e, 'f', -1, 64)
				}
			default:
				read(e, booleans)
			}
			if b, ok := meant(v[name]); ok && booleans && (name == "active" || name == "primary") {
				v[name] = b
			}
		}
	}
}

// respelled gives a member the name that RFC 7643 and RFC 7644 spell, and returns it.
func respelled(object map[string]any, name string) string {
	list := spelled()
	if slices.Contains(list, name) {
		return name
	}
	i := slices.IndexFunc(list, func(known string) bool { return strings.EqualFold(known, name) })
	if i < 0 {
		return name
	}
	if _, there := object[list[i]]; there {
		return name
	}
	object[list[i]] = object[name]
	delete(object, name)
	return list[i]
}

// spelled are the names of RFC 7643 and RFC 7644.
func spelled() []string {
	return []string{
		"schemas", "totalResults", "itemsPerPage", "startIndex", "Resources", "detail", "status", "scimType", "id", "externalId", "meta", "resourceType", "created", "lastModified",
		"location", "version", "userName", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone", "active", "name", "formatted",
		"familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix", "emails", "phoneNumbers", "addresses", "groups", "entitlements", "roles", "members", "value",
		"type", "primary", "display", "streetAddress", "locality", "region", "postalCode", "country", "manager", "employeeNumber", "costCenter", "organization", "division", "department",
		"Operations", "bulkId", "method", "path", "data", "response", "nextCursor", "supported", "patch", "bulk", "filter", "sort", "etag", "changePassword", "pagination",
		"maxResults", "maxOperations", "maxPayloadSize", "authenticationSchemes", "endpoint", "schema", "schemaExtensions", "attributes", "subAttributes", "multiValued",
		"required", "caseExact", "mutability", "returned", "uniqueness", "canonicalValues", "referenceTypes", "description",
	}
}

// meant reads a Boolean that is written as a string or as 1 and 0.
func meant(v any) (value, ok bool) {
	switch v := v.(type) {
	case string:
		value, err := strconv.ParseBool(strings.ToLower(v))
		return value, err == nil
	case float64:
		return v == 1, v == 0 || v == 1
	}
	return false, false
}

// ReadBooleans lets responses be read with Booleans that are written as strings or numbers, if a
// user has such a one, and reports it. It is called before checks run.
func (c *Case) ReadBooleans(user map[string]any) bool {
	_, odd := meant(user["active"])
	for _, v := range user {
		list, _ := v.([]any)
		for _, e := range list {
			element, _ := e.(map[string]any)
			_, one := meant(element["primary"])
			odd = odd || one
		}
	}
	c.session.booleans = c.session.booleans || odd
	return odd
}
