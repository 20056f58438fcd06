package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// ID is an identifier of the API: decimal digits, up to 18 of them, which a
// float64 would not survive. On the wire it is a string, sometimes a number.
type ID string

// UnmarshalJSON takes a string or a number.
func (id *ID) UnmarshalJSON(b []byte) error {
	s, err := scalar(b)
	*id = ID(s)
	return err
}

// Ref names one key for good: an id within its kind.
type Ref struct {
	Kind Kind
	ID   ID
}

// integer is a whole number that travels as a string or as a number.
type integer int64

func (n *integer) UnmarshalJSON(b []byte) error {
	s, err := scalar(b)
	if err != nil || s == "" {
		*n = 0
		return err
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return fmt.Errorf("a whole number was expected")
	}
	*n = integer(v)
	return nil
}

// lastSecond is the end of the year 9999: no encoder writes a later one, and
// far later ones overflow into the past.
const lastSecond = 253402300799

// time reads the number as seconds since 1970; 0 is the zero time.
func (n integer) time() time.Time {
	if n <= 0 {
		return time.Time{}
	}
	return time.Unix(min(int64(n), lastSecond), 0).UTC()
}

// boolean is true, false, or either as a string.
type boolean bool

func (v *boolean) UnmarshalJSON(b []byte) error {
	s, err := scalar(b)
	*v = s == "true" || s == "1"
	return err
}

// scalar returns a JSON string, number or boolean as text, null as "". The
// error never holds the value, which may be a secret.
func scalar(b []byte) (string, error) {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0 || bytes.Equal(b, []byte("null")):
		return "", nil
	case b[0] == '"':
		var s string
		if json.Unmarshal(b, &s) != nil {
			return "", fmt.Errorf("a broken string")
		}
		return s, nil
	case b[0] == '{' || b[0] == '[':
		return "", fmt.Errorf("a single value was expected, not an object or a list")
	}
	return string(b), nil
}
