// Package saved reads JSON and CSV as people have saved them: with a byte order mark, in
// UTF-16 as PowerShell writes it, several documents in one file, or one document in a page of
// Microsoft Graph. Each value knows its place, so that a mistake names file, line and field.
//
// In prose: Open decodes the text of a file, Values lists the documents of a JSON file, List and
// Members go down, Rows reads a table. Readers of logs and tenants give the values a meaning.
package saved
