package main

import (
	"bytes"
	"strconv"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/sources"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

type tenantImport struct {
	Files      []string `arg:"" optional:"" help:"Files and folders of one tenant, or - for stdin. Without any, print the commands that save a tenant."`
	Out        string   `help:"Write to this file instead of stdout." placeholder:"FILE"`
	Pseudonyms bool     `help:"Replace people, addresses and ids with made-up ones. Equal values stay equal."`
	Seed       *uint64  `help:"Seed of the pseudonyms. Keep it secret: it allows guesses to be tested." placeholder:"N"`
}

// Help is the example of --help.
func (tenantImport) Help() string {
	return `Reads responses of Graph as they were saved ({"value":[...]}), arrays, JSON lines, the output of
PowerShell, CSV, and folders with a file for each kind (users.json, groups.json, members).

Example:

    scimdrill tenant import
    scimdrill tenant import users.json groups.json > tenant.jsonl
    scimdrill tenant import export/ --pseudonyms --out tenant.jsonl`
}

// Run converts, or prints the commands.
func (c *tenantImport) Run(a *console.Console) error {
	if len(c.Files) == 0 {
		a.PrintLines(dumpCommands())
		return nil
	}
	t, err := sources.Convert(a, c.Files)
	if err != nil {
		return err
	}
	users, groups, assignments := t.Counts()
	if c.Pseudonyms {
		seed := a.Random()
		if c.Seed != nil {
			seed = *c.Seed
		}
		t.Pseudonyms(strconv.FormatUint(seed, 16))
	}
	var b bytes.Buffer
	if err := t.Write(&b); err != nil {
		return exit.Broken("", "convert the tenant: %w", err)
	}
	if c.Out == "" {
		a.PrintLines(b.String())
	} else if err := wholefile.Write(c.Out, 0o600, b.Bytes()); err != nil {
		return exit.Unwritten(err)
	}
	a.Say("%s, %s, %s", console.Counted(users, "user"), console.Counted(groups, "group"), console.Counted(assignments, "assignment"))
	return nil
}

// dumpCommands are the commands that save a tenant, with each of the usual tools.
func dumpCommands() string {
	return `Save a tenant with one of these, then: scimdrill tenant import FOLDER --out tenant.jsonl

The account needs Directory.Read.All. SP is the object id of the enterprise application.

PowerShell (Microsoft.Graph):

    Connect-MgGraph -Scopes Directory.Read.All
    $SP = "OBJECT-ID"
    $P = "id,userPrincipalName,displayName,givenName,surname,mail,mailNickname,jobTitle,department," +
         "companyName,employeeId,officeLocation,streetAddress,city,state,country,postalCode,usageLocation," +
         "preferredLanguage,businessPhones,mobilePhone,faxNumber,userType,accountEnabled"
    Get-MgUser -All -Property $P -ExpandProperty "manager(` + "`" + `$select=id)" |
        ConvertTo-Json -Depth 5 | Out-File users.json
    $groups = Get-MgGroup -All
    $groups | ConvertTo-Json -Depth 5 | Out-File groups.json
    $groups | ForEach-Object { $g = $_.Id; Get-MgGroupMember -GroupId $g -All |
        ForEach-Object { @{ groupId = $g; memberId = $_.Id } } } | ConvertTo-Json | Out-File members.json
    Get-MgServicePrincipal -ServicePrincipalId $SP | ConvertTo-Json -Depth 5 | Out-File servicePrincipal.json
    Get-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $SP -All |
        ConvertTo-Json | Out-File assignments.json

Azure CLI (repeat with the URL in @odata.nextLink, if there is one):

    az rest --url 'https://graph.microsoft.com/v1.0/users?$top=999&$select=PROPERTIES&$expand=manager($select=id)' > users.json
    az rest --url 'https://graph.microsoft.com/v1.0/groups?$top=999' > groups.json
    az rest --url 'https://graph.microsoft.com/v1.0/groups/GROUP-ID/members?$select=id' > members-GROUP-ID.json
    az rest --url 'https://graph.microsoft.com/v1.0/servicePrincipals/SP' > servicePrincipal.json
    az rest --url 'https://graph.microsoft.com/v1.0/servicePrincipals/SP/appRoleAssignedTo?$top=999' > assignments.json

Graph Explorer: run the same URLs with GET, and save each response with "Download".

Entra admin center: Users > Download users (CSV), Groups > GROUP > Members > Bulk operations >
Download members (name the file members-GROUP-ID.csv).`
}
