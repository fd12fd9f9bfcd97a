package read

import (
	"strings"
	"testing"
	"unicode/utf16"
)

const entryJSON = `{"id":"1","activityDateTime":"2026-01-02T03:04:05Z","provisioningAction":"create","provisioningStatusInfo":{"status":"success"},` +
	`"sourceIdentity":{"id":"e","displayName":"Ada","identityType":"User"}}`

// wide is a text in UTF-16 with its mark, as PowerShell redirects it.
func wide(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// TestForms reads one entry in every envelope and encoding.
func TestForms(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"one object":           []byte(entryJSON),
		"pretty":               []byte(strings.ReplaceAll(entryJSON, ",", ",\r\n  ")),
		"array":                []byte("[" + entryJSON + "]"),
		"page":                 []byte(`{"@odata.context":"x","value":[` + entryJSON + `]}`),
		"pages in an array":    []byte(`[{"value":[` + entryJSON + `]},{"value":[]}]`),
		"lines":                []byte(entryJSON + "\n\n"),
		"records":              []byte(`{"records":[{"category":"ProvisioningLogs","properties":` + entryJSON + `}]}`),
		"lines of records":     []byte(`{"time":"2026-01-02T03:04:05Z","category":"ProvisioningLogs","properties":` + entryJSON + "}\n"),
		"properties as string": []byte(`[{"category":"ProvisioningLogs","properties":` + quote(entryJSON) + `}]`),
		"mark":                 append([]byte{0xEF, 0xBB, 0xBF}, entryJSON...),
		"UTF-16":               wide("[" + entryJSON + "]"),
		"table": []byte("Id;ActivityDateTime;Action;Status;Source Identity DisplayName;SourceIdentity Id\n" +
			"1;2026-01-02T03:04:05Z;Create;Success;Ada;e\n"),
		"table for Excel": []byte("sep=;\r\nid;activityDateTime;action;status;sourceIdentity.displayName;sourceIdentity.id\r\n" +
			"1;2026-01-02 03:04:05;Create;Success;Ada;e\r\n"),
		"tabs": []byte("ID\tTimeGenerated [UTC]\tProvisioningAction\tResultType\tSourceIdentity\n" +
			"1\t1/2/2026, 3:04:05.000 AM\tcreate\tSuccess\t" + `"{""id"":""e"",""displayName"":""Ada""}"` + "\n"),
		"names of Kusto": []byte(`{"Tables":[{"TableName":"T","Columns":[{"ColumnName":"Id"},{"ColumnName":"TimeGenerated"},` +
			`{"ColumnName":"ProvisioningAction"},{"ColumnName":"ResultType"},{"ColumnName":"SourceIdentity"}],` +
			`"Rows":[["1","2026-01-02T03:04:05Z","create","Success",{"id":"e","displayName":"Ada"}]]}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, err := Read([]File{{Name: "log", Data: data}})
			if err != nil {
				t.Fatal(err)
			}
			e := &log.Entries[0]
			if len(log.Entries) != 1 || e.ID != "1" || e.ProvisioningAction != "create" || e.ProvisioningStatusInfo.Status != "success" ||
				e.SourceIdentity.DisplayName != "Ada" || e.SourceIdentity.ID != "e" || e.SourceIdentity.IdentityType != "User" || !e.timed() {
				t.Errorf("%+v", log.Entries)
			}
		})
	}
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }

// TestMistakes names file, line, field and what to do.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"empty":        {"", "log: the file is empty; hint:"},
		"cut off":      {"[" + entryJSON + ",\n{\"id\":", "log:2: the file ends inside a value; hint: the download was cut off"},
		"broken":       {"[" + entryJSON + ",\n{id:1}]", "log:2: not valid JSON"},
		"page of HTML": {"<html>\n<body>", "log:1: the file is HTML"},
		"audit log":    {`{"value":[{"activityDisplayName":"Add user"}]}`, "log:1: value[0]: this is an entry of the audit log"},
		"sign-in log":  {"[\n{\"appDisplayName\":\"x\"}]", "log:2: [0]: this is an entry of the sign-in log"},
		"schema":       {`{"synchronizationRules":[]}`, "scimdrill schema show"},
		"job":          {`{"schedule":{},"status":{}}`, "this is a synchronization job"},
		"users":        {`{"value":[{"userPrincipalName":"a@b.example"}]}`, "scimdrill tenant inspect"},
		"error": {`{"error":{"code":"Authorization_RequestDenied",` +
			`"message":"Insufficient privileges"}}`, "privileges; hint: the account needs AuditLog.Read.All"},
		"something": {`{"a":1}`, "status and action are missing (found a); hint:"},
		"a number":  {`[1]`, "log:1: [0]: 1 is not an entry"},
		"without":   {`{"value":[]}`, "the files contain no entry; hint:"},
		"time": {`[{"activityDateTime":"yesterday","provisioningAction":"create",` +
			`"status":"success"}]`, `log:1: [0].activityDateTime: "yesterday" is not a time; hint:`},
		"status":        {`[{"action":"create","provisioningStatusInfo":{"x":1}}]`, "the status is missing"},
		"steps":         {`[{"action":"create","status":"success","provisioningSteps":"many"}]`, "[0].provisioningSteps: expected a list, found many"},
		"step":          {`[{"action":"create","status":"success","provisioningSteps":[5]}]`, "[0].provisioningSteps[0]: expected an object, found 5"},
		"zip":           {"PK\x03\x04x", "unpack it"},
		"gzip":          {"\x1f\x8b\x08", "gunzip"},
		"binary":        {"a\x00b", "not text"},
		"steps alone":   {"changeId,name,provisioningStepType,status,description\n1,EntryImport,Import,Success,x\n", "give ProvisioningLogs.csv"},
		"other table":   {"name,age\nAda,36\n", "log:2: not an entry of a provisioning log"},
		"too many":      {"id,action,status\n1,Create,Success,more\n", "the row has 4 cells, and the header has 3; hint:"},
		"eleven faults": {strings.Repeat("{\"a\":1}\n", 11), "only the first ten mistakes are shown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read([]File{{Name: "log", Data: []byte(c.data)}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestOverlap counts an entry once that stands in two pages.
func TestOverlap(t *testing.T) {
	t.Parallel()
	log, err := Read([]File{{"a", []byte(entryJSON)}, {"b", []byte("[" + entryJSON + "]")}})
	if err != nil || len(log.Entries) != 1 || len(log.Notes) != 1 {
		t.Errorf("%+v, %v", log, err)
	}
}

// FuzzRead never panics and never returns neither entries nor an error.
func FuzzRead(f *testing.F) {
	f.Add([]byte(entryJSON))
	f.Add([]byte(`{"tables":[{"columns":[1],"rows":[[1],{}]}]}`))
	f.Add([]byte("a,b\n\"x"))
	f.Add([]byte(`{"properties":"[1]","category":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := Read([]File{{Name: "log", Data: data}})
		if err == nil && len(log.Entries) == 0 {
			t.Error("no entries and no error")
		}
	})
}
