package faultproxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
)

// ControlPath is where the faults are switched.
const ControlPath = "/_faults"

// maxOrder is the maximum size of an order (S8).
const maxOrder = 64 << 10

// control shows or changes the faults, for clients on this machine only (S8).
func (s *Switch) control(w http.ResponseWriter, r *http.Request) {
	if !serve.Local(r) {
		serve.Reject(w, http.StatusForbidden,
			ControlPath+" is for clients on this machine only; hint: use the loopback address of the proxy, such as http://127.0.0.1:8086"+ControlPath)
		return
	}
	var err error
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodPut:
		err = s.replace(w, r)
	case http.MethodDelete:
		err = s.Set(Order{})
	default:
		w.Header().Set("Allow", "GET, HEAD, PUT, DELETE")
		serve.Reject(w, http.StatusMethodNotAllowed, fmt.Sprintf("%s does not support %s; hint: PUT replaces the faults, DELETE ends them", ControlPath, r.Method))
		return
	}
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		serve.Reject(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("read the faults: the body has more than %d bytes", large.Limit))
		return
	}
	if err != nil {
		serve.Reject(w, http.StatusBadRequest, err.Error())
		return
	}
	s.show(w)
}

// replace sets the faults of a body.
func (s *Switch) replace(w http.ResponseWriter, r *http.Request) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxOrder))
	if err != nil {
		return fmt.Errorf("read the faults: %w", err)
	}
	o, err := readOrder(body)
	if err != nil {
		return err
	}
	return s.Set(o)
}

// show sends the faults in force, in a form that PUT accepts.
func (s *Switch) show(w http.ResponseWriter) {
	f := s.current.Load()
	o := Order{Seed: &f.seed, Faults: []string{}}
	for _, e := range f.inForce(s.options.Now()) {
		o.Faults = append(o.Faults, e.text)
	}
	serve.Protect(w.Header())
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(o) // the client went away
}
