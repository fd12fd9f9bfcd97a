package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/shell"
)

// completions are lines up to the cursor, words that must be offered, and words that must not.
func completions() []struct{ line, offered, other string } {
	return []struct{ line, offered, other string }{
		{"scimdrill con", "connect conform", "complete simulate"},
		{"scimdrill tenant ", "generate inspect import", "conform"},
		{"scimdrill conform --pro", "--profile", "--parallel"},
		{"scimdrill conform --profile e", "entra", "rfc goto"},
		{"scimdrill conform --quick --format json,s", "json,sarif", "json,junit"},
		{"scimdrill conform --check MEM-00", "MEM-005", "USR-001"},
		{"scimdrill report diff a b --format ", "text markdown", "html"},
		{"scimdrill target --defect MRM-0", "MRM-01", "CAS-01"},
		{"scimdrill help exit", "exit-codes", "scenario"},
		{"scimdrill init --ci git", "github gitlab", "jenkins"},
		{"scimdrill conform --out fol", "folder/", "other"},
		{"scimdrill explain MEM-00", "MEM-005", "folder/"},
	}
}

// The scripts are loaded in real shells, and complete in them.
func TestCompletionInShells(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]func(t *testing.T, script, dir, line string) string{"bash": inBash, "zsh": inZsh, "fish": inFish} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(name); err != nil {
				t.Skipf("%s is not here; `make completions-test` installs it where apt-get can", name)
			}
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
				t.Fatal(err)
			}
			text, err := shell.Script(name)
			if err != nil {
				t.Fatal(err)
			}
			script := writeTest(t, filepath.Join(t.TempDir(), "_scimdrill"), text)
			for _, c := range completions() {
				got := strings.Fields(run(t, script, dir, c.line))
				t.Logf("%s<TAB> %.160s", c.line, strings.Join(got, " "))
				for want := range strings.FieldsSeq(c.offered) {
					if !has(got, want) {
						t.Errorf("%q does not offer %s: %.400q", c.line, want, got)
					}
				}
				for other := range strings.FieldsSeq(c.other) {
					if has(got, other) {
						t.Errorf("%q offers %s", c.line, other)
					}
				}
			}
		})
	}
}

func has(words []string, word string) bool {
	for _, w := range words {
		if strings.TrimSuffix(w, "/") == strings.TrimSuffix(word, "/") {
			return true
		}
	}
	return false
}

// inShell runs a program in a shell with an empty home.
func inShell(t *testing.T, dir string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "TERM=dumb", "XDG_CONFIG_HOME="+t.TempDir(), "XDG_DATA_HOME="+t.TempDir())
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// inBash fills in the variables of the completion as readline does, and asks it for file names too.
func inBash(t *testing.T, script, dir, line string) string {
	t.Helper()
	return inShell(t, dir, "bash", "--noprofile", "--norc", "-c", `source "$1"; complete -p scimdrill >/dev/null || exit 1
compopt() { COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); }
read -ra COMP_WORDS <<<"$2"; case "$2" in *' ') COMP_WORDS+=('') ;; esac
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _scimdrill; printf '%s\n' "${COMPREPLY[@]}"`, "bash", script, line)
}

// inZsh types into an interactive shell and lists what the completion adds.
func inZsh(t *testing.T, script, dir, line string) string {
	t.Helper()
	return inShell(t, dir, "zsh", "-f", "-c", `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; autoload -Uz compinit; compinit -u -D; source $1
compadd() {
	if [[ \$* == *(-A|-O|-D)* ]]; then builtin compadd \"\$@\"; return; fi
	local -a found; builtin compadd -O found \"\$@\"; print -rl -- '<W>'\${^found} >>$3
	builtin compadd \"\$@\"
}
zstyle ':completion:*' list-prompt ''; bindkey '^I' complete-word; print -r READY-\$((1+1))"
local text; zpty -m -r z text '*READY-2*'
zpty -n -w z "$2"$'\t'
zpty -n -w z $'\C-u'$'\n'"print -r -- DONE-\$((2+3))"$'\n'
zpty -m -r z text '*DONE-5*'
zpty -d z
while IFS= read -r l; do [[ $l == '<W>'* ]] && print -r -- ${l#<W>}; done < <(cat $3 2>/dev/null); true`, "zsh", script, line, filepath.Join(t.TempDir(), "found"))
}

func inFish(t *testing.T, script, dir, line string) string {
	t.Helper()
	return inShell(t, dir, "fish", "--no-config", "-c", `source $argv[1]; complete -C $argv[2] | string replace -r "\t.*" ""; true`, script, line)
}

// Every command and every flag of it is offered, and nothing that is hidden.
func TestCompleteKnowsEveryFlag(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{}, durationFlags(), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(true) {
		var path []string
		for node := leaf; node.Parent != nil; node = node.Parent {
			path = append([]string{node.Name}, path...)
		}
		list, _ := shell.Complete(parser.Model, append(path, "--"), flagValues)
		offered := map[string]bool{}
		for _, c := range list {
			offered[c.Word] = true
		}
		for _, f := range leaf.Flags {
			if !offered["--"+f.Name] {
				t.Errorf("%v does not offer --%s", path, f.Name)
			}
		}
	}
	for _, words := range [][]string{nil, {""}, {"="}, {"--"}, {"--="}, {"nosuch", "--x=", ""}, {"conform", "--profile="}, {"conform", "--", "--"}} {
		shell.Complete(parser.Model, words, nil) // does not panic
	}
}

// The manual has every command, and groff finds no fault in it.
func TestManual(t *testing.T) {
	t.Parallel()
	r := invocation{}.run(t, "help", "--man")
	r.want(t, 0, ".TH SCIMDRILL 1", ".SS scimdrill tenant generate", `.B \-\-allow\-host=`, "never looks for updates")
	path := writeTest(t, filepath.Join(t.TempDir(), "scimdrill.1"), r.stdout)
	if _, err := exec.LookPath("groff"); err != nil {
		t.Skip("groff is not here")
	}
	out, err := exec.CommandContext(t.Context(), "groff", "-man", "-Tutf8", "-ww", "-z", path).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("groff: %v\n%s", err, out)
	}
}
