// Package queryplan asks SQLite how it would answer a statement. Tests of
// simulator/directory and simulator/state use it to prove that no statement of an
// incremental cycle walks through a table, or its cost would grow with the directory.
package queryplan

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
)

// Querier is a database or a connection.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Walk says by which steps a statement walks through one of the tables, named as in the
// statement; it is empty when none is walked through. arg stands for every parameter.
func Walk(ctx context.Context, q Querier, statement string, arg any, tables ...string) (string, error) {
	args := make([]any, strings.Count(statement, "?"))
	for i := range args {
		args[i] = arg
	}
	rows, err := q.QueryContext(ctx, "EXPLAIN QUERY PLAN "+statement, args...)
	if err != nil {
		return "", fmt.Errorf("explain %s: %w", statement, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return "", err
		}
		steps = append(steps, step)
	}
	plan := strings.Join(steps, "\n")
	if !regexp.MustCompile(`SCAN (` + strings.Join(tables, "|") + `)\b`).MatchString(plan) {
		plan = ""
	}
	return plan, rows.Err()
}
