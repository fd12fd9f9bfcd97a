package play

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/simulator/okta"
	"github.com/scimdrill/scimdrill/simulator/onelogin"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// The clients that a command can play.
const (
	Entra    = "entra"
	Okta     = "okta"
	OneLogin = "onelogin"
)

// Client is a client other than Entra.
type Client = push.Provider

// Option is a choice of a client, as --list-options shows it.
type Option struct{ Name, Default, Rule, Evidence, Meaning string }

// ClientOptions are the choices of a client other than Entra.
func ClientOptions(client string) []Option {
	var list []Option
	switch client {
	case Okta:
		for _, o := range okta.Choices() {
			list = append(list, Option{o.Name, o.Default, o.Rule, o.Evidence, o.Meaning})
		}
	case OneLogin:
		for _, o := range onelogin.Choices() {
			list = append(list, Option{o.Name, o.Default, o.Rule, o.Evidence, o.Meaning})
		}
	}
	return list
}

// entras refuses a state that belongs to another client than Entra.
func (r *Run) entras() error {
	if r.Config.State == "" || !runs.FileExists(filepath.Join(r.Config.State, push.StateFile)) {
		return nil
	}
	return exit.Usage("use another state folder, or --client with the client that made it", "the state folder %s belongs to another client than Entra", r.Config.State)
}

// Provider is a client other than Entra with its options. mode is that of --client-mode, "" for none.
func Provider(client, mode string, options map[string]string, set []string) (Client, error) {
	all := map[string]string{}
	maps.Copy(all, options)
	for _, text := range set {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, exit.Usage("`scimdrill simulate --client "+client+" --list-options` lists the options", "--set %q is not OPTION=VALUE", text)
		}
		all[name] = value
	}
	if mode != "" {
		if client != Okta {
			return nil, exit.Usage("omit it", "--client-mode belongs to --client okta")
		}
		if given, has := all["mode"]; has && given != mode {
			return nil, exit.Usage("omit one of them", "--client-mode %s and --set mode=%s contradict each other", mode, given)
		}
		all["mode"] = mode
	}
	switch client {
	case Okta:
		s, err := okta.Parse(all)
		if err != nil {
			return nil, exit.Usage("", "%w", err)
		}
		return okta.New(s), nil
	case OneLogin:
		s, err := onelogin.Parse(all)
		if err != nil {
			return nil, exit.Usage("", "%w", err)
		}
		return onelogin.New(s), nil
	}
	return nil, fmt.Errorf("there is no client %s", client)
}
