#!/usr/bin/env bash
# Writes one comment on the pull request, and replaces it in later runs: what is worse, new, better
# and gone since the report of the target branch, or the whole report if there is none. A comment
# that cannot be written is a warning, because pull requests from forks have no right to it.
set -euo pipefail

mark='<!-- scimdrill -->'
body="$RUNNER_TEMP/scimdrill-comment.md"
before="$RUNNER_TEMP/scimdrill-before/report.json"

if ! [ -f "${REPORTS:-}/report.json" ]; then
	echo "there is no report to comment on"
	exit 0
fi
if ! [[ "$PULL_REQUEST" =~ ^[0-9]+$ ]]; then
	echo "::warning title=scimdrill::the number of the pull request is unknown"
	exit 0
fi

# GitHub takes 65,536 characters. Whole lines are kept.
short() { awk '{ n += length($0) + 1; if (n > 60000) { print "\n… The rest is in the reports of the run."; exit } print }'; }
code=0
{
	echo "$mark"
	if [ -f "$before" ]; then
		scimdrill report diff "$before" "$REPORTS" --format markdown || code=$?
	else
		cat "$REPORTS/report.md"
	fi
} >"$body.whole"
if [ "$code" -gt 1 ]; then
	echo "::warning title=scimdrill::the reports could not be compared"
	{ echo "$mark"; cat "$REPORTS/report.md"; } >"$body.whole"
fi
short <"$body.whole" >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
own=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id"
if id="$(gh api --paginate "$comments" --jq "$own" | head -n 1)" &&
	if [ -n "$id" ]; then
		gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body"
	else
		gh api --silent --method POST "$comments" --field "body=@$body"
	fi; then
	echo "the comment is written"
else
	echo "::warning title=scimdrill::the comment could not be written; it needs the permission pull-requests: write"
fi
