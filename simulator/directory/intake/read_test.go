package intake

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// described says in short what was read: objects, members, managers, assignments.
func described(t *testing.T, tenant *Tenant) []string {
	t.Helper()
	var b bytes.Buffer
	if err := tenant.Write(&b); err != nil {
		t.Fatal(err)
	}
	db, err := directory.Open(t.Context(), t.TempDir()+"/tenant.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Load(t.Context(), bytes.NewReader(b.Bytes()), "x", time.Unix(0, 0)); err != nil {
		t.Errorf("the tenant cannot be loaded: %v\n%s", err, b.String())
	}
	var out []string
	for line := range strings.Lines(b.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		text := []string{strings.TrimPrefix(str(m["@odata.type"]), "#microsoft.graph."), str(m["id"])}
		for _, name := range []string{"displayName", "principalId"} {
			if v, ok := m[name].(string); ok {
				text = append(text, v)
			}
		}
		for _, name := range []string{"members@delta", "manager@delta"} {
			list, _ := m[name].([]any)
			for _, e := range list {
				text = append(text, name[:3]+":"+str(e.(map[string]any)["id"]))
			}
		}
		out = append(out, strings.Join(text, " "))
	}
	return out
}

func files(pairs ...string) []File {
	var out []File
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, File{Name: pairs[i], Data: []byte(pairs[i+1])})
	}
	return out
}

// TestForms reads the same small tenant in the forms in which people have one.
func TestForms(t *testing.T) {
	t.Parallel()
	want := []string{"user u1 Ada man:u2", "user u2 Bo", "group g1 Sales mem:u1 mem:u2", "appRoleAssignment a1 g1"}
	const (
		users = `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"u1","displayName":"Ada",` +
			`"userPrincipalName":"a@x.example","manager":{"id":"u2"}},{"id":"u2","displayName":"Bo","userPrincipalName":"b@x.example"}]}`
		groups = `{"value":[{"id":"g1","displayName":"Sales","securityEnabled":true,"groupTypes":[]}]}`
		rights = `{"value":[{"id":"a1","principalId":"g1","principalType":"Group","appRoleId":"r","resourceId":"sp"}]}`
	)
	for name, list := range map[string][]File{
		"pages": files("users.json", users, "groups.json", groups, "g1-members.json", `{"value":[{"id":"u1"},{"id":"u2"},`+
			`{"@odata.type":"#microsoft.graph.device","id":"d"}]}`, "x.json", rights),
		"expanded": files("a.json", "["+users+`,{"value":[{"id":"g1","displayName":"Sales","securityEnabled":true,`+
			`"members":[{"@odata.type":"#microsoft.graph.user","id":"u2"},{"id":"u1"}]}]},`+rights+"]"),
		"one document": files("export.json", `{"users":[{"id":"u1","displayName":"Ada","mail":"a@x.example","manager":"u2"},{"id":"u2",`+
			`"displayName":"Bo","mail":null,"userPrincipalName":"b"}],"groups":[{"id":"g1","displayName":"Sales"}],"groupMembers":[{"groupId":"g1",`+
			`"userId":"u1"},{"groupId":"g1","userId":"u2"}],"appRoleAssignments":[{"id":"a1","principalId":"g1"}]}`),
		"PowerShell": files("u.json", `[{"Id":"u1","DisplayName":"Ada","UserPrincipalName":"a@x.example","Manager":{"Id":"u2",`+
			`"AdditionalProperties":{}},"AdditionalProperties":{}},{"Id":"u2","DisplayName":"Bo","UserPrincipalName":"b@x.example",`+
			`"Manager":{"Id":null}}]`, "g.json", `{"Id":"g1","DisplayName":"Sales","SecurityEnabled":true,"GroupTypes":[],"Members":null}`,
			"m.json", `[{"groupId":"g1","memberId":"u1"},{"groupId":"g1","memberId":"u2"}]`, "r.json", `{"Id":"a1","PrincipalId":"g1"}`),
		"memberOf": files("users.json", `[{"id":"u1","displayName":"Ada","manager":{"id":"u2"},`+
			`"memberOf":[{"@odata.type":"#microsoft.graph.group","id":"g1"},{"@odata.type":"#microsoft.graph.directoryRole","id":"dr"}]},`+
			`{"memberOf":["g1"],"id":"u2","displayName":"Bo"}]`, "groups.json", groups, "r.json", rights),
		"context": files("1.json", users, "2.json", groups, "3.json",
			`{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups('g1')/members","value":[{"id":"u1"},`+
				`{"id":"u2"}]}`, "4.json", rights),
		"folders": files("e/users/u1.json", `{"id":"u1","displayName":"Ada","userPrincipalName":"a","accountEnabled":true}`,
			"e/users/u2.json", `{"id":"u2","displayName":"Bo","userPrincipalName":"b"}`, "e/managers.json", `[{"userId":"u1","managerId":"u2"}]`,
			"e/groups/g1.json", groups, "e/groups/g1/members.json", `["u1","u2"]`, "e/assignments.json", rights),
		"tables": files("users.csv", "userPrincipalName,displayName,objectId,accountEnabled,manager\na@x.example,Ada,u1,True,b@x.example\n"+
			"b@x.example,Bo,u2,False,\n", "groups.csv", "id;displayName;securityEnabled\ng1;Sales;TRUE\n", "members-Sales.csv",
			"id,displayName,userPrincipalName\nu1,Ada,a@x.example\nu2,Bo,b@x.example\n", "assignments.csv", "id,principalId\na1,g1\n"),
		"Windows PowerShell": files("u.json", "\xff\xfe"+wide("["+users+"]"), "g.json", wide(groups), "members-g1.json",
			`[{"Id":"u1","AdditionalProperties":{"@odata.type":"#microsoft.graph.user","displayName":"Ada"}},{"Id":"u2"}]`, "r.json", rights),
		"members alone": files("u.json", `{"Id":"u1","DisplayName":"Ada","UserPrincipalName":"a","Manager":{"Id":"u2"}}`, "groups.json", groups,
			"members-g1.json", `[{"Id":"u1"},{"Id":"u2","AdditionalProperties":`+
				`{"@odata.type":"#microsoft.graph.user","displayName":"Bo","userPrincipalName":"b"}}]`, "r.json", rights),
		"batch": files("b.json", `{"responses":[{"id":"1","status":200,"body":`+users+`},{"id":"2","body":`+groups+`},{"id":"3","body":`+rights+`}]}`,
			"members-g1.json", `["u1","u2"]`),
		"Export-Csv": files("users.csv", "#TYPE Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser\r\n"+
			"\"Id\",\"DisplayName\",\"UserPrincipalName\",\"BusinessPhones\"\r\n"+
			"\"u1\",\"Ada\",\"a\",\"System.String[]\"\r\n\"u2\",\"Bo\",\"b\",\"System.String[]\"\r\n", "groups.json", groups, "members-g1.json", `["u1","u2"]`,
			"managers.json", `[{"userId":"u1","managerId":"u2"}]`, "r.json", rights),
		"template of the portal": files("u.csv", "version:v1.0\nName [displayName] Required,"+
			"User name [userPrincipalName] Required,Initial password [passwordProfile],"+
			"Id [objectId]\nAda,a,Secret1,u1\nBo,b,Secret2,u2\n", "groups.json", groups, "members-g1.json", `["u1","u2"]`,
			"managers.json", `[{"userId":"u1","managerId":"u2"}]`, "r.json", rights),
		"tenant file": files("tenant.json", `[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada",`+
			`"manager@delta":[{"id":"u2"}]},{"@odata.type":"#microsoft.graph.user","id":"u2","displayName":"Bo"},`+
			`{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Sales","members@delta":[{"id":"u1"},{"id":"u2"}]},`+
			`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"g1"}]`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, err := Read(list)
			if err != nil {
				t.Fatal(err)
			}
			if got := described(t, tenant); !slices.Equal(got, want) {
				t.Errorf("%q\nnotes %q", got, tenant.Notes)
			}
		})
	}
}

// wide is text in UTF-16 without a byte order mark.
func wide(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// TestValues has the values of tools in the form of Graph, and no secret.
func TestValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, data, property, want string }{
		"blocked":     {"users.csv", "id,Block sign in (Yes/No) [accountEnabled] Required\nu,Yes\n", "accountEnabled", "false"},
		"not blocked": {"users.csv", "id,Block sign in (Yes/No) [accountEnabled] Required\nu,No\n", "accountEnabled", "true"},
		"MSOnline":    {"users.json", `[{"ObjectId":"u","UserPrincipalName":"a","BlockCredential":true}]`, "accountEnabled", "false"},
		"one number":  {"u.csv", "objectId,userPrincipalName,telephoneNumber\nu,a,\"+1, 5\"\n", "businessPhones", `["+1, 5"]`},
		"date": {
			"u.json", `[{"Id":"u","UserPrincipalName":"a","CreatedDateTime":"/Date(1700000000000)/"}]`, "createdDateTime", `"2023-11-14T22:13:20Z"`,
		},
		"extension": {
			"u.json", `[{"ObjectId":"u","UserPrincipalName":"a","ExtensionProperty":{"odata.type":"x","extension_1_cost":"7"}}]`, "extension_1_cost", `"7"`,
		},
		"on-premises": {
			"u.json", `[{"Id":"u","UserPrincipalName":"a","OnPremisesExtensionAttributes":{"ExtensionAttribute1":"X"}}]`,
			"onPremisesExtensionAttributes", `{"extensionAttribute1":"X"}`,
		},
		"password":         {"u.json", `[{"id":"u","userPrincipalName":"a","passwordProfile":{"password":"Secret1"}}]`, "passwordProfile", "null"},
		"password cell":    {"u.csv", "id,userPrincipalName,Initial password [passwordProfile]\nu,a,Secret1\n", "passwordProfile", "null"},
		"type for a value": {"u.json", `[{"Id":"u","UserPrincipalName":"a","BusinessPhones":"System.Object[]"}]`, "businessPhones", "null"},
		"types for values": {
			"u.json", `[{"Id":"u","UserPrincipalName":"a","Manager":"Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject"}]`, "manager", "null",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, err := Read(files(c.file, c.data))
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(tenant.objects[0].properties[c.property])
			if err != nil || string(got) != c.want {
				t.Errorf("%s %v", got, err)
			}
			if strings.Contains(strings.Join(tenant.Notes, ""), "Secret1") {
				t.Errorf("%q", tenant.Notes)
			}
		})
	}
}

// TestPages says that only a part of a collection is in the files.
func TestPages(t *testing.T) {
	t.Parallel()
	page := func(more, id string) string {
		return `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users",` + more + `"value":[{"id":"` + id + `","userPrincipalName":"` + id + `"}]}`
	}
	const next = `"@odata.nextLink":"https://graph.microsoft.com/v1.0/users?$skiptoken=x",`
	for name, c := range map[string]struct {
		files []File
		want  string
	}{
		"first alone":   {files("a.json", page(next, "1")), "a.json:1 is one page of several: the files contain 1 user, and Graph has more"},
		"both":          {files("a.json", page(next, "1")+page("", "2")), ""},
		"no link":       {files("a.json", page(`"@odata.nextLink":null,`, "1")), ""},
		"counted":       {files("a.json", page(`"@odata.count":1200,`, "1")), "Graph counted 1200 users, and the files contain 1"},
		"counted right": {files("a.json", page(`"@odata.count":1,`, "1")), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, err := Read(c.files)
			if err != nil {
				t.Fatal(err)
			}
			if notes := strings.Join(tenant.Notes, "\n"); c.want == "" && notes != "" || !strings.Contains(notes, c.want) {
				t.Errorf("%q", notes)
			}
		})
	}
}

// TestMistakes names file, line, field and what to do, and shows no secret.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, data, want string }{
		"nothing":   {"a.json", `{"value":[]}`, "contain no user and no group; hint:"},
		"no id":     {"groups.json", "[\n {\"displayName\":\"Sales\"}]", "groups.json:2: [0]: id: the group has no id; hint: add id to $select"},
		"SCIM":      {"a.json", `{"Resources":[{"schemas":[],"userName":"a"}]}`, "not a user"},
		"SCIM user": {"a.json", `[{"schemas":[],"userName":"a"}]`, "a.json:1: [0]: this is a SCIM resource"},
		"schema":    {"a.json", `{"synchronizationRules":[]}`, "pass it with --schema"},
		"log":       {"a.json", `[{"provisioningAction":"create","id":"1"}]`, "scimdrill explain FILE"},
		"changes":   {"a.json", `[{"at":"PT1H","id":"1","displayName":"x"}]`, "pass it with --changes"},
		"Boolean":   {"users.csv", "id,accountEnabled\n1,True\n2,maybe\n", `users.csv:3: accountEnabled: "maybe" is neither true nor false`},
		"error": {
			"a.json", `{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}`, "Graph responded with an error: expired; hint:",
		},
		"cut off": {"a.json", `{"value":[{"id":"1"`, "the file ends inside a value"},
		"members": {
			"a.json", `[{"id":"g","securityEnabled":true,"members":[5]}]`, "a.json:1: [0].members[0]: expected an object with an id, found 5",
		},
		"PowerShell's depth": {
			"a.json", `{"value":["@{id=1; displayName=Ada}"]}`,
			`a.json:1: value[0]: PowerShell wrote "@{id=1; displayName=Ada}" instead of the object; hint:`,
		},
		"members of a depth": {
			"a.json", `[{"Id":"g","SecurityEnabled":true,"Members":["System.Object"]}]`,
			"Members: PowerShell wrote \"System.Object\" instead of the values; hint: convert",
		},
		"a page of a depth":   {"a.json", `{"@odata.context":"x#users","value":"@{id=1} @{id=2}"}`, "value: PowerShell wrote"},
		"an empty first page": {"a.json", `{"@odata.context":"x#users","@odata.nextLink":"x","value":[]}`, "0 users, and Graph has more; hint: follow"},
		"screen":              {"a.json", "\nDisplayName Id\n----------- --\nAda         1\n", "a list for the screen, in which PowerShell omits"},
		"screen list":         {"a.json", "DisplayName : Ada\r\nId          : 1\r\n", "a list for the screen"},
		"warning":             {"a.json", "WARNING: preview\n{\"value\":[]}", `a.json:1: text stands before the JSON: "WARNING: preview"; hint: delete it`},
		"prompt":              {"a.json", "{\"value\":[]}\nPS C:\\> ", `a.json:2: text stands behind the JSON: "PS C:\\>"; hint: delete it`},
		"tool":                {"a.json", "ERROR: Forbidden", "the file contains the error of a tool"},
		"several applications": {
			"a.json", `[{"id":"u","userPrincipalName":"a"},{"principalId":"u","resourceId":"1"},{"principalId":"u","resourceId":"2"}]`,
			"belong to 2 applications; hint:",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(files(c.file, c.data))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestSecrets leaves out secrets by the name of their file and by their form, without a value in
// any note (S7).
func TestSecrets(t *testing.T) {
	t.Parallel()
	tenant, err := Read(files("secrets.json", `{"value":[{"key":"SecretToken","value":"hunter2"}]}`,
		"sync.json", `{"value":[{"key":"SecretToken","value":"hunter2"},{"key":"BaseAddress","value":"https://hunter2"}]}`,
		"users.json", `[{"id":"u","userPrincipalName":"a"}]`))
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(tenant.Notes, "\n")
	var b bytes.Buffer
	if err := tenant.Write(&b); err != nil || strings.Contains(notes+b.String(), "hunter2") || !strings.Contains(notes, "secrets.json is not read") {
		t.Errorf("%v: %s %s", err, notes, b.String())
	}
}

// TestLeftOut says what was left out, and why.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	tenant, err := Read(files("users.json", `{"@odata.nextLink":"x","value":[{"id":"u","userPrincipalName":"a","manager":{"id":"m"}}]}`,
		"groups.json", `[{"id":"g","securityEnabled":true,"members":["u","d"]}]`, "assigned.json", `[{"id":"a","principalId":"other"}]`))
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(tenant.Notes, "\n")
	for _, want := range []string{"users.json:1 is one page of several", "1 members that are not", "1 managers that are not", "1 assignments of objects"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q lacks %q", notes, want)
		}
	}
}

// TestPseudonyms replaces every name and id, and keeps references and equal values.
func TestPseudonyms(t *testing.T) {
	t.Parallel()
	tenant, err := Read(files("x.json", `[{"id":"u1","displayName":"Ada Lovelace","userPrincipalName":"ada@contoso.example",`+
		`"mail":"ada@contoso.example","userType":"Guest",`+
		`"manager":{"id":"u2"}},{"id":"u2","displayName":"Bo Byte","userPrincipalName":"bo@contoso.example"},`+
		`{"id":"g","displayName":"Sales","securityEnabled":true,"members":["u1"]},{"id":"a","principalId":"g","principalDisplayName":"Sales"}]`))
	if err != nil {
		t.Fatal(err)
	}
	tenant.Pseudonyms("seed")
	var b bytes.Buffer
	if err := tenant.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Ada", "ada", "Lovelace", "contoso", "Sales", `"u1"`, "x.json"} {
		if strings.Contains(b.String(), name) {
			t.Errorf("%s is still there:\n%s", name, b.String())
		}
	}
	described(t, tenant)
	o := tenant.objects[0]
	if o.properties["mail"] != o.properties["userPrincipalName"] || o.properties["userType"] != "Guest" || o.manager != tenant.objects[1].id {
		t.Errorf("%+v", o)
	}
}

// TestNative tells a tenant file, which is read line by line, from everything else.
func TestNative(t *testing.T) {
	t.Parallel()
	line := `{"@odata.type":"#microsoft.graph.user","id":"1"}`
	for text, want := range map[string]bool{
		line + "\n" + line: true, "\n" + line: true, "[" + line + "]": false, `{"value":[` + line + `]}`: false,
		`{"@odata.type":"#Collection(microsoft.graph.user)","value":[]}`: false, "{\n": false, "id,name\n": false, `{"id":"1"}`: false,
		`{"@odata.type":"` + strings.Repeat("x", 1<<16): true,
	} {
		if Native([]byte(text)) != want {
			t.Errorf("%.60q: %v", text, !want)
		}
	}
}
