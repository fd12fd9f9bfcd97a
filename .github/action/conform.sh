#!/usr/bin/env bash
# Runs scimdrill conform with the inputs of the action, and exits with its exit code. Empty inputs
# are left out, so that scimdrill.yaml and the defaults apply.
set -euo pipefail

args=()
flag() { if [ -n "$2" ]; then args+=("--$1=$2"); fi; }
flag target "${INPUT_TARGET:-}"
flag app "${INPUT_APP:-}"
flag profile "${INPUT_PROFILE:-}"
flag expect "${INPUT_EXPECT:-}"
flag baseline "${INPUT_BASELINE:-}"
flag allow-host "${INPUT_ALLOW_HOST:-}"
flag wait "${INPUT_WAIT:-}"
out="${INPUT_OUT:-scimdrill-out}"
if [ -n "${INPUT_TOKEN:-}" ]; then export SCIMDRILL_TOKEN="$INPUT_TOKEN"; fi
if [ -n "${INPUT_SECOND_TOKEN:-}" ]; then export SCIMDRILL_SECOND_TOKEN="$INPUT_SECOND_TOKEN"; fi

code=0
scimdrill conform "${args[@]}" "--format=json,markdown,sarif${INPUT_FORMAT:+,$INPUT_FORMAT}" "--out=$out" || code=$?

case "$code" in
0) outcome=conformant ;;
1) outcome=not-conformant ;;
2) outcome=misused ;;
4) outcome=unwritten ;;
130) outcome=interrupted ;;
*) outcome=not-judged ;;
esac

# A value of several lines would be further outputs.
output() { printf '%s=%s\n' "$1" "${2//[$'\r\n']/ }" >>"$GITHUB_OUTPUT"; }
output outcome "$outcome"
output exit-code "$code"
output version "$(scimdrill version | head -n 1 | cut -d ' ' -f 2)"
if [ -f "$out/report.json" ]; then
	where="$(cd "$out" && pwd)"
	output reports "$where"
	if [ -f "$out/report.sarif" ]; then output sarif "$where/report.sarif"; fi
	if [ "${GITHUB_EVENT_NAME:-}" = push ] && [ "$code" -le 1 ]; then
		mkdir -p "$RUNNER_TEMP/scimdrill-before"
		cp "$out/report.json" "$RUNNER_TEMP/scimdrill-before/report.json"
		output kept true
	fi
fi
exit "$code"
