package mockserver

import (
	"bytes"
	"encoding/json"
)

// The methods here look at the tenant and change it behind a client's back.
// They ask for no token and count against no limit.

// Key returns a copy of a key's fields as they are stored, a hidden key's text
// included. Numbers that are not strings are json.Number.
func (s *Server) Key(kind, id string) (map[string]any, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, known := s.tenant.keyByID[id]
	if !known || k.kind != kind {
		return nil, false
	}
	fields := fieldsOf(k.object)
	return fields, fields != nil
}

// fieldsOf returns an object as encoding/json has it, numbers as json.Number, and
// nil for no object.
func fieldsOf(o *object) map[string]any {
	if o == nil {
		return nil
	}
	fields := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(o.appendJSON(nil)))
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return nil
	}
	return fields
}

// SetField sets one field of a key to whatever the value is in JSON, unchecked
// and without touching the modified time; nil removes it. It returns false if
// there is no such key, the value has no JSON, or the field is the id.
func (s *Server) SetField(kind, id, name string, value any) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, known := s.tenant.keyByID[id]
	if !known || k.kind != kind || name == fieldID {
		return false
	}
	switch v := value.(type) {
	case nil:
		k.remove(name)
	case string:
		k.setRaw(name, quote(v))
	default:
		raw, err := json.Marshal(v)
		if err != nil {
			return false
		}
		k.setRaw(name, string(raw))
	}
	return true
}

// SetReferenced says whether a key is in use elsewhere: the API deletes none that
// is. It returns false if there is no such key.
func (s *Server) SetReferenced(kind, id string, referenced bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, known := s.tenant.keyByID[id]
	if !known || k.kind != kind {
		return false
	}
	if referenced {
		s.tenant.referenced[id] = true
	} else {
		delete(s.tenant.referenced, id)
	}
	return true
}

// DeleteKey deletes a key, managed or in use or neither, and says whether there was one.
func (s *Server) DeleteKey(kind, id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, known := s.tenant.keyByID[id]
	if !known || k.kind != kind {
		return false
	}
	s.tenant.dropKey(k)
	return true
}

// FindKey returns kind and id of the first key of exactly this name.
func (s *Server) FindKey(name string) (kind, id string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, known := s.tenant.keyNamed(name, kinds()...)
	if !known {
		return "", "", false
	}
	return k.kind, k.text(fieldID), true
}

// KeyNames returns the names of all keys, kind by kind, oldest first.
func (s *Server) KeyNames() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for _, kind := range kinds() {
		for _, o := range s.tenant.keys[kind] {
			names = append(names, o.text(fieldName))
		}
	}
	return names
}

// ExpireTokens makes every token that is out unknown from now on.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.gate.tokens)
}

// SetSecret changes the client secret; tokens that are out stay good.
func (s *Server) SetSecret(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.secret = secret
}
