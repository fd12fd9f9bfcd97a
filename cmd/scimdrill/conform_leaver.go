package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/suites"
)

// probeLimit bounds one try of the leaver probe.
const probeLimit = 10 * time.Second

// leaver sets how the checks of leavers look whether somebody gets in.
func (f *profileFlags) leaver(o *conformance.Options, allowed []string, now func() time.Time) error {
	probe := f.LeaverProbe
	if probe == "" {
		return nil
	}
	o.Access = &suites.Access{Within: f.LeaverWithin, Now: now, Ask: byCommand(probe)}
	if !strings.HasPrefix(probe, "http://") && !strings.HasPrefix(probe, "https://") {
		return nil
	}
	u, err := url.Parse(strings.NewReplacer("{userName}", "x", "{id}", "x").Replace(probe))
	switch {
	case err != nil:
		return exit.Usage("for example https://app.example/session?user={userName}", "--leaver-probe: the URL cannot be read")
	case !strings.Contains(probe, "{userName}") && !strings.Contains(probe, "{id}"):
		return exit.Usage("for example https://app.example/session?user={userName}", "--leaver-probe: the URL contains neither {userName} nor {id}")
	case !endpoint.Loopback(u.Hostname()) && !slices.Contains(allowed, u.Hostname()) && !slices.Contains(allowed, u.Host):
		return exit.Usage("test only systems that you are allowed to test, never production; if this is one, add --allow-host "+u.Hostname(),
			"--leaver-probe sends requests to %s, which is not loopback; this needs --allow-host %s", u.Hostname(), u.Hostname())
	}
	o.Access.Ask = byURL(probe)
	return nil
}

// byURL asks an address: 2xx lets in; a redirect and 4xx do not. Anything else says nothing.
func byURL(probe string) func(ctx context.Context, id, userName string) (bool, string, error) {
	client := &http.Client{
		Timeout:       probeLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func(ctx context.Context, id, userName string) (bool, string, error) {
		address := strings.NewReplacer("{userName}", url.QueryEscape(userName), "{id}", url.QueryEscape(id)).Replace(probe)
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return false, "", errors.New("the URL cannot be read")
		}
		response, err := client.Do(request)
		if err != nil {
			return false, "", errors.New("no response from the URL")
		}
		_ = response.Body.Close()
		seen := fmt.Sprintf("status %d", response.StatusCode)
		switch {
		case response.StatusCode == http.StatusTooManyRequests, response.StatusCode >= 500, response.StatusCode < 200:
			return false, "", errors.New(seen + " says nothing about access")
		case response.StatusCode < 300:
			return true, seen, nil
		}
		return false, seen, nil
	}
}

// byCommand runs a command in the shell: exit code 0 lets in. A command that cannot run says nothing.
func byCommand(probe string) func(ctx context.Context, id, userName string) (bool, string, error) {
	return func(ctx context.Context, id, userName string) (bool, string, error) {
		ctx, cancel := context.WithTimeout(ctx, probeLimit)
		defer cancel()
		command := exec.CommandContext(ctx, "sh", "-c", probe) //nolint:gosec // the command is the caller's own
		command.Env = append(withoutOurs(os.Environ()), "SCIMDRILL_LEAVER_ID="+id, "SCIMDRILL_LEAVER_USERNAME="+userName)
		command.WaitDelay = time.Second
		err := command.Run()
		if err == nil {
			return true, "exit code 0", nil
		}
		const notExecutable, notFound = 126, 127
		failed, ended := errors.AsType[*exec.ExitError](err)
		if !ended || failed.ExitCode() < 0 || failed.ExitCode() == notExecutable || failed.ExitCode() == notFound {
			return false, "", fmt.Errorf("the command did not end by itself: %w", err)
		}
		return false, fmt.Sprintf("exit code %d", failed.ExitCode()), nil
	}
}

// withoutOurs leaves out the variables that set flags of this program: some are secrets of the target.
func withoutOurs(environment []string) []string {
	return slices.DeleteFunc(environment, func(variable string) bool { return strings.HasPrefix(variable, "SCIMDRILL_") })
}
