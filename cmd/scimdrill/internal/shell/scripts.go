package shell

import (
	"embed"
	"fmt"
)

//go:embed scripts
var scripts embed.FS

// Shells lists the shells that Script knows.
func Shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// Script returns the script that completes the command line in a shell.
func Script(shell string) (string, error) {
	data, err := scripts.ReadFile("scripts/scimdrill." + shell)
	if err != nil {
		return "", fmt.Errorf("read the script of %s: %w", shell, err)
	}
	return string(data), nil
}
