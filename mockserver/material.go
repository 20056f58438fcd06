package mockserver

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

const (
	// keyHost stands in every key text, so that nobody takes one for real.
	keyHost = "mock.example"

	alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	base64Digits = alphanumeric + "+/"

	// firstID makes ids of 18 digits that look like those of a tenant.
	firstID = 216196257331200000

	// The streams keep tokens apart from the tenant: signing in once more must
	// not change the id of the next key.
	tenantStream = 1
	gateStream   = 2
)

// material makes ids, key texts and everything else that looks random, and
// makes the same again from the same seed.
type material struct {
	rng    *rand.Rand
	lastID int64
}

func newMaterial(seed int64, stream uint64) *material {
	// The bits of a negative seed are as good as any.
	return &material{rng: rand.New(rand.NewPCG(uint64(seed), stream)), lastID: firstID}
}

// id returns a new id: 18 digits, larger than those before.
func (m *material) id() string {
	m.lastID += 1 + m.rng.Int64N(97)
	return strconv.FormatInt(m.lastID, 10)
}

// between returns a number from lo to hi, both included.
func (m *material) between(lo, hi int64) int64 { return lo + m.rng.Int64N(hi-lo+1) }

// percent is true n times in a hundred.
func (m *material) percent(n int64) bool { return m.rng.Int64N(100) < n }

func (m *material) characters(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.rng.IntN(len(alphabet))]
	}
	return string(b)
}

// keyText returns a new key text: version, host, 384 base64 characters and 18
// digits, 418 bytes in all.
func (m *material) keyText() string {
	var b strings.Builder
	b.Grow(418)
	b.WriteString("3|" + keyHost + "|")
	// 64 random bits are ten base64 digits of six bits each.
	for written := 0; written < 384; {
		bits := m.rng.Uint64()
		for i := 0; i < 10 && written < 384; i++ {
			b.WriteByte(base64Digits[bits&63])
			bits >>= 6
			written++
		}
	}
	b.WriteByte('-')
	b.WriteString(strconv.FormatInt(m.between(1e17, 1e18-1), 10))
	return b.String()
}

// fingerprint returns what a machine is known by: 32 bytes in base64.
func (m *material) fingerprint() string {
	b := make([]byte, 0, 32)
	for range 4 {
		bits := m.rng.Uint64()
		for range 8 {
			b = append(b, byte(bits))
			bits >>= 8
		}
	}
	return base64.StdEncoding.EncodeToString(b)
}

// privateIP and publicIP return addresses that nobody can be reached at.
func (m *material) privateIP() string {
	return fmt.Sprintf("10.%d.%d.%d", m.between(0, 255), m.between(0, 255), m.between(1, 254))
}

func (m *material) publicIP() string { return fmt.Sprintf("203.0.113.%d", m.between(1, 254)) }
