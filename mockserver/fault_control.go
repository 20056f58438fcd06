package mockserver

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// SetFaults replaces the faults and counts from nothing again; none takes them
// away. The error says which of them is not right, and changes nothing.
func (s *Server) SetFaults(faults []Fault) error {
	for _, f := range faults {
		if err := f.check(); err != nil {
			return fmt.Errorf("fault %q: %w", f, err)
		}
	}
	if len(faults) == 0 {
		s.faults.Store(nil)
		return nil
	}
	s.faults.Store(newFaultSet(s.seed, faults))
	return nil
}

// Faults returns what is set, in its order, and how often each has fired.
func (s *Server) Faults() []FaultCount {
	set := s.faults.Load()
	if set == nil {
		return nil
	}
	return set.counts()
}

// listFaults is GET /mock/faults.
func (s *Server) listFaults(call) (answer, error) {
	list := []*object{}
	for _, f := range s.Faults() {
		o := &object{}
		o.setText("fault", f.Fault.String())
		o.setRaw("matched", strconv.Itoa(f.Matched))
		o.setRaw("fired", strconv.Itoa(f.Fired))
		list = append(list, o)
	}
	return ok(jsonArray(list)), nil
}

// replaceFaults is POST /mock/faults. The content type is not looked at, so that
// "curl -d" needs no header.
func (s *Server) replaceFaults(c call) (answer, error) {
	var lines []string
	if err := json.Unmarshal(c.body, &lines); err != nil || lines == nil {
		return answer{}, badRequest(`the body must be a JSON list of faults, such as ["keys 503 p=0.2"]`)
	}
	faults, err := ParseFaults(lines...)
	if err == nil {
		err = s.SetFaults(faults)
	}
	if err != nil {
		return answer{}, badRequest(err.Error())
	}
	return s.listFaults(c)
}

// clearFaults is DELETE /mock/faults.
func (s *Server) clearFaults(call) (answer, error) {
	s.faults.Store(nil)
	return noContent(), nil
}
