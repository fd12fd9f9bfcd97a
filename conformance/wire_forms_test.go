package conformance_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

const (
	wireEnterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	wireManager    = wireEnterprise + ":manager"
	wireRole       = "WindowsAzureActiveDirectoryRole"
)

// wireForms are the forms of requests that the rules of the wire describe. A run sends each of
// them.
func wireForms() map[string]func(w wire) bool {
	forms := map[string]func(w wire) bool{}
	for _, part := range []map[string]func(w wire) bool{readForms(), createForms(), patchForms(), flagForms()} {
		maps.Copy(forms, part)
	}
	return forms
}

func readForms() map[string]func(w wire) bool {
	return map[string]func(w wire) bool{
		"W-8":  func(w wire) bool { return w.path == "/Groups/{id}" },
		"W-9":  func(w wire) bool { return regexp.MustCompile(`filter=[^&]*\+eq\+%22[^&]*%40`).MatchString(w.query) },
		"W-11": func(w wire) bool { return w.asks("Users", `^\w+ eq "[^"]*" and \w+ eq "[^"]*"$`) },
		"W-13": func(w wire) bool { return w.asks("Users", `^emails\[type eq "work"\]\.value eq "`) },
		"W-14": func(w wire) bool {
			return w.asks("Groups", `^displayName eq "`) && w.values.Get("excludedAttributes") == "members"
		},
		"W-17": func(w wire) bool { return w.is(http.MethodGet, "/Users/{id}") && w.query == "" },
		"W-18": func(w wire) bool {
			return w.is(http.MethodGet, "/Groups/{id}") && w.query == "excludedAttributes=members"
		},
		"W-21": func(w wire) bool { return w.asks("Groups", `^id eq "[^"]+" and members eq "`) },
		"W-88": func(w wire) bool {
			return w.only("/Users/{id}", func(o wireOp) bool { return o.path == "active" && o.value == "True" })
		},
		"W-89":  func(w wire) bool { return w.is(http.MethodDelete, "/Users/{id}") },
		"W-90":  func(w wire) bool { return w.is(http.MethodDelete, "/Groups/{id}") },
		"W-20":  func(w wire) bool { return w.asks("Users", `^id eq "[^"]+" and manager eq "`) },
		"W-117": func(w wire) bool { return strings.Contains(w.query, "aadOptscim062020") },
		"W-122": func(w wire) bool { return strings.Contains(w.query, "aadOptscim062020") },
		"W-C12": func(w wire) bool { return strings.Contains(w.query, "aadOptscim062020") },
		"W-126": func(w wire) bool { return strings.HasPrefix(w.header.Get("Authorization"), "Bearer ") },
		"W-C13": func(w wire) bool { return w.asks("Groups", `^externalId eq "`) },
	}
}

func createForms() map[string]func(w wire) bool {
	user := func(w wire) bool { return w.is(http.MethodPost, "/Users") }
	group := func(w wire) bool { return w.is(http.MethodPost, "/Groups") }
	schemas := func(w wire) string { text, _ := json.Marshal(w.body["schemas"]); return string(text) }
	return map[string]func(w wire) bool{
		"W-24": func(w wire) bool { return w.header.Get("Content-Type") == "application/scim+json; charset=utf-8" },
		"W-30": func(w wire) bool {
			return user(w) && strings.Contains(schemas(w), wireEnterprise) && w.body[wireEnterprise] == nil
		},
		"W-33": func(w wire) bool { return user(w) && w.body["active"] == true },
		"W-34": func(w wire) bool {
			name, _ := w.body["name"].(map[string]any)
			return user(w) && aString(name["givenName"]) && aString(name["familyName"])
		},
		"W-35": func(w wire) bool {
			mail := w.element("emails")
			return user(w) && mail["type"] == "work" && mail["primary"] == true
		},
		"W-38": func(w wire) bool {
			own, _ := w.body[wireEnterprise].(map[string]any)
			return user(w) && aString(own["department"])
		},
		"W-32": func(w wire) bool {
			meta, _ := w.body["meta"].(map[string]any)
			roles, listed := w.body["roles"].([]any)
			return user(w) && meta["resourceType"] == "User" && listed && len(roles) == 0
		},
		"W-46": func(w wire) bool {
			role := w.element("roles")
			return user(w) && role["primary"] == true && role["type"] == wireRole && aString(role["value"])
		},
		"W-47": func(w wire) bool {
			return user(w) && w.element("roles")["type"] == wireRole && aString(w.element("roles")["displayName"])
		},
		"W-48": func(w wire) bool {
			return user(w) && w.element("roles")["type"] == wireRole && aString(w.element("roles")["display"])
		},
		"W-42": func(w wire) bool {
			members, listed := w.body["members"].([]any)
			return group(w) && aString(w.body["externalId"]) && listed && len(members) == 0
		},
		"W-43": func(w wire) bool {
			return group(w) && strings.Contains(schemas(w), "/ADSCIM/2.0/Group") && w.body["members"] == nil
		},
		"W-44": func(w wire) bool { return group(w) && w.body["members"] == nil },
		"W-45": func(w wire) bool { return group(w) && aString(w.body["externalId"]) },
	}
}

func patchForms() map[string]func(w wire) bool {
	user := func(form func(o wireOp) bool) func(w wire) bool {
		return func(w wire) bool { return w.only("/Users/{id}", form) }
	}
	group := func(form func(o wireOp) bool) func(w wire) bool {
		return func(w wire) bool { return w.only("/Groups/{id}", form) }
	}
	return map[string]func(w wire) bool{
		"W-49": func(w wire) bool {
			return w.method == http.MethodPatch && strings.Contains(w.raw, "urn:ietf:params:scim:api:messages:2.0:PatchOp")
		},
		"W-50": func(w wire) bool { return w.is(http.MethodPatch, "/Users/{id}") && len(w.ops) > 1 },
		"W-53": func(w wire) bool {
			return w.is(http.MethodPatch, "/Users/{id}") &&
				slices.ContainsFunc(w.ops, func(o wireOp) bool { return strings.HasSuffix(o.path, `[type eq "work"].value`) && aString(o.value) })
		},
		"W-54": user(func(o wireOp) bool {
			return strings.HasPrefix(o.path, wireEnterprise+":") && o.path != wireManager && aString(o.value)
		}),
		"W-56": user(func(o wireOp) bool { return o.op == "Replace" }),
		"W-57": func(w wire) bool {
			return len(w.ops) > 1 && !slices.ContainsFunc(w.ops, func(o wireOp) bool { return o.pathless || o.op != "Replace" && o.op != "Add" })
		},
		"W-60": user(func(o wireOp) bool { return o.op == "Add" && !strings.ContainsAny(o.path, ".[:") && aString(o.value) }),
		"W-58": user(does("Replace", "active", exactly("False"))),
		"W-59": user(does("Replace", "active", exactly("true"))),
		"W-61": func(w wire) bool {
			paths := map[string]bool{}
			for _, o := range w.ops {
				paths[o.op] = paths[o.op] || o.path != ""
			}
			return w.is(http.MethodPatch, "/Users/{id}") && paths["Add"] && paths["Replace"] && len(paths) == 2
		},
		"W-63": user(does("Add", wireManager, aString)),
		"W-66": user(func(o wireOp) bool {
			list, _ := o.value.([]any)
			return strings.EqualFold(o.op, "add") && o.path == "roles" && len(list) > 0 && strings.Contains(wireText(list[0]), `\"displayName\"`)
		}),
		"W-67": user(func(o wireOp) bool {
			list, _ := o.value.([]any)
			return o.op == "replace" && o.path == "roles" && len(list) > 0 && strings.Contains(wireText(list[0]), `"display":`)
		}),
		"W-68": group(does("Replace", "displayName", aString)),
		"W-62": user(func(o wireOp) bool { return o.path == `roles[primary eq "True"].value` }),
		"W-64": user(func(o wireOp) bool {
			return strings.EqualFold(o.op, "remove") && strings.HasPrefix(o.path, wireManager)
		}),
		"W-69": group(does("Add", "members", references(1))),
		"W-70": group(does("Remove", "members", references(1))),
		"W-71": group(does("Add", "members", references(1))),
	}
}

func flagForms() map[string]func(w wire) bool {
	user := func(form func(o wireOp) bool) func(w wire) bool {
		return func(w wire) bool { return w.only("/Users/{id}", form) }
	}
	group := func(form func(o wireOp) bool) func(w wire) bool {
		return func(w wire) bool { return w.only("/Groups/{id}", form) }
	}
	keys := func(o wireOp, has func(key string, v any) bool) bool {
		values, _ := o.value.(map[string]any)
		for key, v := range values {
			if has(key, v) {
				return o.pathless
			}
		}
		return false
	}
	return map[string]func(w wire) bool{
		"W-74": user(func(o wireOp) bool { return o.op == "replace" }),
		"W-75": user(does("replace", "active", exactly(false))),
		"W-76": func(w wire) bool {
			n := len(w.ops)
			return n > 1 && w.ops[n-1].pathless && !slices.ContainsFunc(w.ops[:n-1], func(o wireOp) bool { return !strings.Contains(o.path, "[") })
		},
		"W-77": func(w wire) bool {
			return slices.ContainsFunc(w.ops, func(o wireOp) bool {
				return keys(o, func(key string, _ any) bool { return strings.HasPrefix(key, "name.") }) &&
					keys(o, func(key string, _ any) bool { return strings.HasPrefix(key, wireEnterprise+":") })
			})
		},
		"W-78": func(w wire) bool {
			return w.is(http.MethodPatch, "/Users/{id}") && slices.ContainsFunc(w.ops, func(o wireOp) bool {
				values, _ := o.value.(map[string]any)
				_, active := values["active"].(bool)
				return o.pathless && active && len(values) > 1
			})
		},
		"W-C10": func(w wire) bool {
			return w.is(http.MethodPatch, "/Groups/{id}") && strings.Contains(w.raw, `"$ref":null`)
		},
		"W-79": user(func(o wireOp) bool {
			return o.op == "add" && !o.pathless && !strings.ContainsAny(o.path, ".[:") && aString(o.value)
		}),
		"W-80": user(does("add", wireManager, aString)),
		"W-82": group(func(o wireOp) bool {
			return o.op == "remove" && strings.HasPrefix(o.path, `members[value eq "`) && !o.valued
		}),
		"W-83": group(does("add", "members", references(1))),
		"W-84": group(does("replace", "members", references(1))),
		"W-85": user(func(o wireOp) bool { return strings.Contains(o.path, "[primary eq true]") }),
		"W-86": group(func(o wireOp) bool {
			return o.op == "replace" && keys(o, func(key string, _ any) bool { return key == "displayName" })
		}),
	}
}
