package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/reports/yamlshape"
)

// defaultConfig is read when it is there and no other file is named.
const defaultConfig = "scimdrill.yaml"

// BeforeResolve adds what flags may come from besides the command line: the
// configuration file, and above it the variables SCIMDRILL_<FLAG>.
func (c *commands) BeforeResolve(ctx *kong.Context, a *console.Console) error {
	path, named := configPath(a, ctx)
	file, err := loadConfig(path, named, ctx.Model)
	if err != nil {
		return err
	}
	ctx.AddResolver(file)
	ctx.AddResolver(environment(a.Getenv))
	return nil
}

// configPath is the file that was named, by flag or variable, or the default.
func configPath(a *console.Console, ctx *kong.Context) (path string, named bool) {
	for _, p := range ctx.Path {
		if p.Flag != nil && p.Flag.Name == "config" {
			return ctx.FlagValue(p.Flag).(string), true
		}
	}
	if path, ok := a.Getenv("SCIMDRILL_CONFIG"); ok && path != "" {
		return path, true
	}
	return defaultConfig, false
}

// fileFlags are the flags of a configuration file.
type fileFlags map[string]any

// loadConfig reads a file of `flag: value` lines. Every mistake in it is an error: a
// misspelled --allow-host must not be passed over.
func loadConfig(path string, named bool, model *kong.Application) (kong.Resolver, error) {
	data, err := wholefile.Read(path, 1<<20)
	switch {
	case !named && errors.Is(err, fs.ErrNotExist):
		return fileFlags{}, nil
	case err != nil:
		return nil, exit.Usage("", "read configuration: %w", err)
	}
	if err := yamlshape.Check(data); err != nil {
		return nil, exit.Usage("write one `flag: value` per line", "read configuration %s: %w", path, err)
	}
	s := fileFlags{}
	if err := yaml.Unmarshal(data, &s); err != nil {
		return nil, exit.Usage("write one `flag: value` per line", "read configuration %s: %s", path, strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	known := flagNames(model.Node)
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch {
		case strings.Contains(name, "token") && !slices.Contains(known, name), strings.Contains(name, "password") && !slices.Contains(known, name):
			return nil, exit.Usage("use --token-file, --basic-password-file, or the variables SCIMDRILL_TOKEN and SCIMDRILL_BASIC_PASSWORD",
				"read configuration %s: unknown flag %q; secrets are not allowed in this file", path, name)
		case name == "config" || name == "version" || !slices.Contains(known, name):
			hint := cmp.Or(nearest.Hint(name, known), "`scimdrill COMMAND --help` lists the flags")
			return nil, exit.Usage(hint, "read configuration %s: unknown flag %q", path, name)
		}
	}
	return s, nil
}

func flagNames(node *kong.Node) []string {
	var names []string
	for _, f := range node.Flags {
		names = append(names, f.Name)
	}
	for _, child := range node.Children {
		names = append(names, flagNames(child)...)
	}
	return names
}

// Validate is part of kong.Resolver; loadConfig has looked at everything.
func (s fileFlags) Validate(*kong.Application) error { return nil }

// Resolve gives kong the value of a flag.
func (s fileFlags) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := s[flag.Name]
	if !ok || value == nil {
		return nil, nil
	}
	switch value := value.(type) {
	case string, bool:
		return value, nil
	case []any:
		list := make([]any, len(value))
		for i, v := range value {
			list[i] = fmt.Sprint(v)
		}
		return list, nil
	case map[string]any:
		return nil, exit.Usage("", "the configuration of --%s is a map; want a value or a list", flag.Name)
	default:
		return fmt.Sprint(value), nil
	}
}

// environment resolves --allow-host from SCIMDRILL_ALLOW_HOST, and so on.
func environment(getenv func(string) (string, bool)) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if flag.Name == "help" || flag.Name == "version" || flag.Name == "config" {
			return nil, nil
		}
		value, ok := getenv("SCIMDRILL_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_")))
		if !ok || value == "" {
			return nil, nil
		}
		return value, nil
	})
}
