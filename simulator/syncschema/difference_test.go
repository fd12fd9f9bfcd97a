package syncschema_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

const differenceBase = `{"synchronizationRules":[{"name":"r","sourceDirectoryName":"Azure Active Directory","targetDirectoryName":"app","objectMappings":[
 {"name":"u","enabled":true,"flowTypes":"Add, Update, Delete","sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  "scope":{"groups":[{"name":"g","clauses":[{"operatorName":"EQUALS","sourceOperandName":"department","targetOperand":{"values":["IT"]}}]}]},
  "attributeMappings":[
   {"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","name":"userPrincipalName","expression":"[userPrincipalName]"}},
   {"targetAttributeName":"title","source":{"type":"Function","expression":"Join(\",\",[a],[b])"}},
   {"targetAttributeName":"nickName","defaultValue":"x","source":{"type":"Attribute","expression":"[mailNickname]"}}]},
 {"name":"g","enabled":true,"flowTypes":"Add","sourceObjectName":"Group","targetObjectName":"urn:ietf:params:scim:schemas:core:2.0:Group",
  "attributeMappings":[{"targetAttributeName":"displayName","matchingPriority":1,"source":{"type":"Attribute","expression":"[displayName]"}}]}]}]}`

const differenceChanged = `{"synchronizationRules":[{"name":"r","sourceDirectoryName":"Microsoft Entra ID","targetDirectoryName":"app","objectMappings":[
 {"name":"u","enabled":false,"flowTypes":"Add,Update","sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  "scope":{"groups":[{"name":"g","clauses":[{"operatorName":"EQUALS","sourceOperandName":"department","targetOperand":{"values":["HR"]}},{"operatorName":"IS NOT NULL","sourceOperandName":"mail"}]},
    {"name":"h","clauses":[{"operatorName":"IS TRUE","sourceOperandName":"vip"}]}]},
  "attributeMappings":[
   {"targetAttributeName":"userName","matchingPriority":2,"source":{"type":"Attribute","name":"userPrincipalName","expression":"[userPrincipalName]"}},
   {"targetAttributeName":"externalId","matchingPriority":1,"source":{"type":"Attribute","expression":"[objectId]"}},
   {"targetAttributeName":"title","flowType":"ObjectAddOnly","source":{"type":"Function","expression":"Join( \",\" , [a], [b] )"}}]}]}]}`

func difference(t *testing.T, older, newer string) *syncschema.Difference {
	t.Helper()
	read := func(text, name string) *syncschema.Schema {
		s, err := syncschema.Parse([]byte(text), name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	d, err := syncschema.Compare(read(older, "old.json"), read(newer, "new.json"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const user = "User to urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	want := []syncschema.ObjectChange{
		{
			Object: user, Change: "changed",
			Properties: []syncschema.PropertyDelta{
				{Name: "enabled", Old: "true", New: "false"},
				{Name: "actions", Old: "Add,Update,Delete", New: "Add,Update"},
				{Name: "scoping filter", Old: "department EQUALS IT", New: "(department EQUALS HR AND mail IS NOT NULL) OR (vip IS TRUE)"},
				{Name: "matching attributes", Old: "userName", New: "externalId, userName"},
			},
			Attributes: []syncschema.AttributeChange{
				{Target: "userName", Change: "changed", Properties: []syncschema.PropertyDelta{{Name: "matching precedence", Old: "1", New: "2"}}},
				{
					Target: "externalId", Change: "added",
					Properties: []syncschema.PropertyDelta{{Name: "source", New: "[objectId]"}, {Name: "matching precedence", New: "1"}},
				},
				{Target: "title", Change: "changed", Properties: []syncschema.PropertyDelta{{Name: "flow type", Old: "Always", New: "ObjectAddOnly"}}},
				{Target: "nickName", Change: "removed", Properties: []syncschema.PropertyDelta{{Name: "source", Old: "[mailNickname]"}, {Name: "default", Old: "x"}}},
			},
		},
		{
			Object: "Group to urn:ietf:params:scim:schemas:core:2.0:Group", Change: "removed",
			Properties: []syncschema.PropertyDelta{
				{Name: "enabled", Old: "true"},
				{Name: "actions", Old: "Add"},
				{Name: "matching attributes", Old: "displayName"},
			},
			Attributes: []syncschema.AttributeChange{
				{
					Target: "displayName", Change: "removed",
					Properties: []syncschema.PropertyDelta{{Name: "source", Old: "[displayName]"}, {Name: "matching precedence", Old: "1"}},
				},
			},
		},
	}
	d := difference(t, differenceBase, differenceChanged)
	if diff := cmp.Diff(want, d.Objects); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Identical || d.Same() || d.Old != "old.json" || d.New != "new.json" {
		t.Errorf("%+v", d)
	}
	if diff := cmp.Diff([]syncschema.PropertyDelta{{Name: "source directory", Old: "Azure Active Directory", New: "Microsoft Entra ID"}}, d.Other); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCompareSame(t *testing.T) {
	t.Parallel()
	if d := difference(t, differenceBase, differenceBase); !d.Same() || !d.Identical {
		t.Errorf("a schema and itself: %+v", d)
	}
	var document map[string]any
	if err := json.Unmarshal([]byte(differenceBase), &document); err != nil {
		t.Fatal(err)
	}
	document["description"] = "another"
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	if d := difference(t, differenceBase, string(text)); !d.Same() || d.Identical {
		t.Errorf("E-273: a job starts over though no mapping changed; got %+v", d)
	}
}
