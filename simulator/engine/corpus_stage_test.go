package engine_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Ids of the corpus.
const (
	corpusUser    = "6f1c2a9e-0b7d-4c1e-9a55-2d7f3b10c001"
	corpusManager = "0c3d9b71-5e2f-4a88-b1f0-9e6d4c7aa777"
	corpusGroup   = "b2e4d0f6-7a31-4f0c-8c1d-55aa1e20a001"
)

// production is a situation for the engine: mappings, a source, and what the target holds.
type production struct {
	t                 *testing.T
	users, groups     []map[string]any // attribute mappings
	booleans          []string         // target attributes that are Booleans
	tenant            []string         // lines of the source
	changes           []string
	inUsers, inGroups []map[string]any // resources of the target
	set               map[string]string
	query, dialect    string
	group             string // its id in the target, if it is another one
	cycles            int
}

// stage builds the situation that a line of the corpus speaks of.
func stage(t *testing.T, l corpusLine) *production {
	t.Helper()
	p := &production{t: t, cycles: 1, set: map[string]string{}, dialect: map[string]string{"customappsso": "customappsso"}[l.Mode]}
	if l.Mode == "optscim" {
		p.query = "?aadOptscim062020"
		p.set["flagInURL"] = strconv.FormatBool(strings.Contains(l.Path, "aadOptscim062020"))
	}
	var body map[string]any
	if len(l.Body) > 0 {
		if err := json.Unmarshal(l.Body, &body); err != nil {
			t.Fatal(err)
		}
	}
	if body == nil && (l.Method == "POST" || l.Method == "PATCH") {
		return p // there is no body to make
	}
	switch path := strings.FieldsFunc(l.Path, func(r rune) bool { return r == '/' || r == '?' })[0]; {
	case l.Method == "GET" && path == "Users":
		p.asked(l)
	case l.Method == "GET":
		p.set["preflightGroups"] = "true"
		p.crew("Remove", corpusUser)
	case l.Method == "POST" && path == "Users":
		p.created(body)
	case l.Method == "POST" && path == "Groups":
		p.set["adscimGroup"] = "true"
		p.person("ada@contoso.example")
		p.groups = []map[string]any{direct("displayName", "displayName", 1), direct("objectId", "externalId", 0)}
		p.tenant = append(p.tenant, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":%q,"displayName":%q}`, body["externalId"], body["displayName"]))
	case l.Method == "PATCH" && path == "Users":
		p.changed(body, !strings.HasSuffix(l.Name, "-absent"))
	case l.Method == "PATCH" && path == "Groups":
		p.membership(body, l)
	case l.Method == "DELETE":
		p.person("ada@contoso.example")
		p.held(map[string]any{})
		p.changes = []string{`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"source-ada","@removed":{"reason":"deleted"}}`}
		p.cycles = 2
	}
	return p
}

func direct(source, target string, precedence int) map[string]any {
	return map[string]any{
		"targetAttributeName": target, "matchingPriority": precedence, "flowType": "Always",
		"source": map[string]any{"type": "Attribute", "name": source, "expression": "[" + source + "]", "parameters": []any{}},
	}
}

func constant(value any, target string, precedence int) map[string]any {
	text := map[any]string{true: "True", false: "False"}[value]
	if s, ok := value.(string); ok {
		text = s
	}
	return map[string]any{
		"targetAttributeName": target, "matchingPriority": precedence, "flowType": "Always",
		"source": map[string]any{"type": "Constant", "name": text, "expression": `"` + text + `"`, "parameters": []any{}},
	}
}

// person is the one user of most situations, matched by userName.
func (p *production) person(userName string) {
	p.users = append(p.users, direct("userPrincipalName", "userName", 1))
	p.tenant = append(p.tenant, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":"source-ada","userPrincipalName":%q}`, userName))
}

// held puts the person's account into the target.
func (p *production) held(attributes map[string]any) {
	account := map[string]any{"id": corpusUser, "userName": "ada@contoso.example", "externalId": "ada"}
	for name, value := range attributes {
		path, err := scim.ParseTargetPath(name)
		if err == nil {
			err = path.Set(account, value)
		}
		if err != nil {
			p.t.Fatal(err)
		}
	}
	p.inUsers = append(p.inUsers, account)
}

var asked = regexp.MustCompile(`filter=(.+) eq "([^"]*)"(?:&|$)`)

// asked matches by the attribute that a query names.
func (p *production) asked(l corpusLine) {
	query, err := url.QueryUnescape(l.Path)
	if err != nil {
		p.t.Fatal(err)
	}
	m := asked.FindStringSubmatch(query)
	if m == nil || m[1] == "userName" {
		p.person("ada@contoso.example")
		return
	}
	p.person("x")
	p.users[0]["matchingPriority"] = 0
	p.users = append(p.users, constant(m[2], m[1], 1))
}

// created maps every member of a new user's body.
func (p *production) created(body map[string]any) {
	userName, _ := body["userName"].(string)
	p.person(cmp.Or(userName, "ada@contoso.example"))
	for name, value := range body {
		switch v := value.(type) {
		case string, bool:
			if name != "userName" {
				p.users = append(p.users, p.flow(v, name))
			}
		case map[string]any:
			separator := "."
			if strings.HasPrefix(name, "urn:") {
				separator = ":"
			}
			for sub, v := range v {
				if name != "meta" {
					p.users = append(p.users, p.flow(v, name+separator+sub))
				}
			}
		case []any:
			if name == "roles" {
				p.roles(v, false)
			}
			for _, e := range v {
				if e, ok := e.(map[string]any); ok && name != "roles" {
					p.users = append(p.users, p.flow(e["value"], fmt.Sprintf("%s[type eq %q].value", name, e["type"])))
				}
			}
		}
	}
}

// roles gives the person the app roles of a list and maps them by the function whose
// shape the elements have.
func (p *production) roles(list []any, assertive bool) {
	if len(list) == 0 {
		return
	}
	function, target := "AppRoleAssignmentsComplex", "roles"
	var roles []map[string]any
	for i, e := range list {
		e := e.(map[string]any)
		role := map[string]any{"id": fmt.Sprint("role-", i), "value": e["value"], "displayName": e["displayName"]}
		if packed, ok := e["value"].(string); ok && strings.HasPrefix(packed, "{") {
			if err := json.Unmarshal([]byte(packed), &role); err != nil {
				p.t.Fatal(err)
			}
		}
		if name, ok := e["display"]; ok {
			role["displayName"], assertive = name, true
		}
		if e["primary"] == true {
			function, target = "SingleAppRoleAssignment", `roles[primary eq "True"].value`
			role["displayName"] = e["value"]
		}
		if _, ok := e["value"]; !ok {
			target = `roles[primary eq "True"].type`
		}
		roles = append(roles, role)
		p.tenant = append(p.tenant,
			fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"source-ada","appRoleId":%q,"createdDateTime":"2026-01-0%dT00:00:00Z"}`,
				role["id"], i+1))
	}
	if assertive {
		function = "AssertiveAppRoleAssignmentsComplex"
	}
	application, err := json.Marshal(map[string]any{"@odata.type": "#microsoft.graph.servicePrincipal", "id": "sp", "appRoles": roles})
	if err != nil {
		p.t.Fatal(err)
	}
	p.tenant = append(p.tenant, string(application))
	p.users = append(p.users,
		map[string]any{
			"targetAttributeName": target, "flowType": "Always",
			"source": map[string]any{"type": "Function", "name": function, "expression": function + "([appRoleAssignments])", "parameters": []any{}},
		})
}

func (p *production) flow(value any, target string) map[string]any {
	if _, ok := value.(bool); ok || target == "active" {
		p.booleans = append(p.booleans, target)
	}
	return constant(value, target, 0)
}

// changed maps every attribute of a user's PATCH and lets the target hold another value
// where it is replaced, unless it is to have none.
func (p *production) changed(body map[string]any, present bool) {
	p.person("ada@contoso.example")
	if !present && p.query != "" {
		p.set["optscimAdd"] = "replace"
	}
	before := map[string]any{}
	add := func(op, path string, value any) {
		if path == "userName" {
			p.users[0] = constant("ada", "externalId", 1)
		}
		p.users = append(p.users, p.flow(value, path))
		if present && strings.EqualFold(op, "replace") {
			before[path] = "before"
			if path == "active" {
				before[path] = value != true && value != "True"
			}
		}
	}
	for _, o := range body["Operations"].([]any) {
		o := o.(map[string]any)
		op, path := o["op"].(string), ""
		if s, ok := o["path"].(string); ok {
			path = s
		}
		switch v := o["value"].(type) {
		case map[string]any:
			for _, name := range inOrder(v) {
				add(op, name, v[name])
			}
		case string, bool:
			if strings.HasSuffix(path, ":manager") {
				p.managed()
				continue
			}
			add(op, path, v)
		case []any:
			switch path {
			case "manager":
				p.managed()
			case "roles":
				p.roles(v, op == "replace")
			}
		}
	}
	p.held(before)
}

func inOrder(object map[string]any) []string {
	var names []string
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// managed gives the person a manager who has an account.
func (p *production) managed() {
	p.users = append(p.users, reference("manager", scim.EnterpriseURN+":manager"))
	p.tenant = []string{
		`{"@odata.type":"#microsoft.graph.user","id":"source-boss","userPrincipalName":"boss@contoso.example"}`,
		`{"@odata.type":"#microsoft.graph.user","id":"source-ada","userPrincipalName":"ada@contoso.example","manager@delta":[{"id":"source-boss"}]}`,
	}
	p.inUsers = append(p.inUsers, map[string]any{"id": corpusManager, "userName": "boss@contoso.example"})
}

func reference(source, target string) map[string]any {
	return direct(source, target, 0)
}

// membership adds the members of a group's PATCH, or has them and removes them.
func (p *production) membership(body map[string]any, l corpusLine) {
	o := body["Operations"].([]any)[0].(map[string]any)
	p.group = strings.Split(l.Path, "/")[2]
	if path, _ := o["path"].(string); path != "" && !strings.HasPrefix(path, "members") {
		p.crew("Add")
		p.groups = append(p.groups, constant(o["value"], path, 0))
		return
	}
	var ids []string
	if list, ok := o["value"].([]any); ok {
		for _, m := range list {
			ids = append(ids, m.(map[string]any)["value"].(string))
		}
	} else if m := regexp.MustCompile(`"(.+)"`).FindStringSubmatch(o["path"].(string)); m != nil {
		ids = []string{m[1]}
	}
	p.set["membersPerPatch"] = strconv.Itoa(len(ids))
	op, _ := o["op"].(string)
	if l.Mode == "optscim" && op == "replace" {
		p.set["memberAdd"] = "replace"
	}
	p.crew(op, ids...)
}

// crew is a group with members, all of whom have accounts.
func (p *production) crew(op string, ids ...string) {
	p.users = []map[string]any{direct("userPrincipalName", "userName", 1)}
	p.groups = []map[string]any{direct("displayName", "displayName", 1), reference("members", "members")}
	p.inGroups = []map[string]any{{"id": cmp.Or(p.group, corpusGroup), "displayName": "Engineering"}}
	var members, gone []string
	for i, id := range ids {
		p.tenant = append(p.tenant, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":"source-%d","userPrincipalName":"u%d@contoso.example"}`, i, i))
		p.inUsers = append(p.inUsers, map[string]any{"id": id, "userName": fmt.Sprintf("u%d@contoso.example", i)})
		members = append(members, fmt.Sprintf(`{"id":"source-%d"}`, i))
		gone = append(gone, fmt.Sprintf(`{"id":"source-%d","@removed":{"reason":"deleted"}}`, i))
	}
	const group = `"@odata.type":"#microsoft.graph.group","id":"source-group"`
	p.tenant = append(p.tenant, `{`+group+`,"displayName":"Engineering","members@delta":[`+strings.Join(members, ",")+`]}`)
	if strings.EqualFold(op, "remove") {
		p.changes = []string{`{"at":"PT30M",` + group + `,"members@delta":[` + strings.Join(gone, ",") + `]}`}
		p.cycles = 2
	}
}

// sentRequest is a request as it came in, without the base path.
type sentRequest struct {
	method, uri string
	body        []byte
}

func (r sentRequest) shape(t *testing.T) shape { return newShape(t, r.method, r.uri, r.body) }

// play runs the cycles against a target that holds what it was given and nothing else.
func (p *production) play() []sentRequest {
	p.t.Helper()
	if p.users == nil {
		return nil // not a SCIM request
	}
	var mu sync.Mutex
	var sent []sentRequest
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			p.t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, sentRequest{r.Method, strings.TrimPrefix(r.RequestURI, "/scim"), body})
		p.answer(w, r, body)
	}))
	p.t.Cleanup(server.Close)
	changes, err := directory.ReadChanges(strings.NewReader(strings.Join(p.changes, "\n")), "changes")
	if err != nil {
		p.t.Fatal(err)
	}
	_, err = engine.Run(p.t.Context(), engine.Config{
		Endpoint: scimclient.Config{TenantURL: server.URL + "/scim" + p.query, Authorization: "Bearer corpus-secret"},
		App:      engine.App{Name: "corpus", Title: "Corpus", TemplateID: "scim", Interval: "PT40M", SupportsSoftDelete: true, Schema: p.schema()},
		Tenant:   strings.NewReader(strings.Join(p.tenant, "\n")), TenantName: "tenant", Changes: changes, Cycles: p.cycles, Parallel: 1,
		Seed: 7, State: p.t.TempDir(), Out: p.t.TempDir(), Transcript: "off", Set: p.set, Dialect: p.dialect, Secrets: []string{"corpus-secret"},
	}, engine.Deps{HTTP: server.Client(), Now: time.Now})
	if err != nil {
		p.t.Fatal(err)
	}
	return sent
}

func (p *production) answer(w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Set("Content-Type", "application/scim+json")
	resources := p.inUsers
	if strings.HasPrefix(r.URL.Path, "/scim/Groups") {
		resources = p.inGroups
	}
	reply := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	switch {
	case r.Method == http.MethodPost:
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write(bytes.Replace(body, []byte("{"), []byte(`{"id":"new",`), 1))
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Query().Has("filter"):
		found := []any{}
		if m := asked.FindStringSubmatch("filter=" + r.URL.Query().Get("filter")); m != nil {
			for _, res := range resources {
				if res[m[1]] == m[2] && m[1] != "id" {
					found = append(found, res)
				}
			}
		}
		reply(map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, "totalResults": len(found), "Resources": found})
	default:
		for _, res := range resources {
			if strings.HasSuffix(r.URL.Path, "/"+res["id"].(string)) {
				reply(res)
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
	}
}

// schema is an export with the mappings of the situation.
func (p *production) schema() *syncschema.Schema {
	p.t.Helper()
	mapping := func(kind, target string, attributes []map[string]any) map[string]any {
		return map[string]any{
			"enabled": len(attributes) > 0, "name": kind, "sourceObjectName": kind, "targetObjectName": target, "flowTypes": "Add,Update,Delete",
			"attributeMappings": attributes,
		}
	}
	definitions := []map[string]any{}
	for _, m := range slices.Concat(p.users, p.groups) {
		d := map[string]any{"name": m["targetAttributeName"], "type": "String", "mutability": "ReadWrite"}
		switch name, _ := m["targetAttributeName"].(string); {
		case slices.Contains(p.booleans, name):
			d["type"] = "Boolean"
		case strings.HasSuffix(name, ":manager"):
			d["type"] = "Reference"
		case name == "members":
			d["type"], d["multivalued"] = "Reference", true
		}
		definitions = append(definitions, d)
	}
	text, err := json.Marshal(map[string]any{
		"synchronizationRules": []any{map[string]any{
			"name": "outbound", "sourceDirectoryName": "Microsoft Entra ID", "targetDirectoryName": "Corpus",
			"objectMappings": []any{mapping("User", scim.EnterpriseURN, p.users), mapping("Group", scim.GroupURN, p.groups)},
		}},
		"directories": []any{map[string]any{"name": "Corpus", "objects": []any{
			map[string]any{"name": scim.EnterpriseURN, "attributes": definitions},
			map[string]any{"name": scim.GroupURN, "attributes": definitions},
		}}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	s, err := syncschema.Parse(text, "corpus")
	if err != nil {
		p.t.Fatal(err)
	}
	return s
}
