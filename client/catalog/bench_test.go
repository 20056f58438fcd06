package catalog_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
)

// many returns n keys such as a large tenant has: few groups, long common
// beginnings, every state.
func many(n int) []client.Key {
	random := rand.New(rand.NewPCG(3, 4))
	keys := make([]client.Key, n)
	for i := range keys {
		keys[i] = client.Key{
			Kind:  client.Kinds()[i%4],
			ID:    client.ID(fmt.Sprintf("2161962573%08d", random.IntN(1e8))),
			Name:  fmt.Sprintf("eu-west-%d-production-asg-%d", random.IntN(4), random.IntN(n)),
			Group: fmt.Sprintf("EU West %d", random.IntN(40)), Certificate: "Connector", CertificateID: "6573",
			CertificateEnd: now().Add(time.Duration(random.IntN(4000)-100) * time.Hour),
			Uses:           random.Int64N(100), MaxUses: 40 + random.Int64N(100),
			Enabled: random.IntN(10) > 0, Exportable: random.IntN(10) > 0, Text: client.NewSecret(fakeText),
			Created:    now().Add(-time.Duration(random.IntN(9000)) * time.Hour),
			Modified:   now().Add(-time.Duration(random.IntN(900)) * time.Hour),
			ModifiedBy: fmt.Sprintf("21619625733137%04d", random.IntN(50)),
		}
	}
	return keys
}

func BenchmarkFilter(b *testing.B) {
	var c catalog.Catalog
	c.Put(many(10000)...)
	for _, text := range []string{
		"", "asg-7", "eu west !test 99", "used>=80%", "left<5 max>100", "state:ok", `state:"used up"`,
		"is:hidden", "cert<30d modified<7d", "kind:service group:\"west 1\"",
	} {
		f, err := catalog.ParseFilter(text)
		if err != nil {
			b.Fatal(err)
		}
		q := catalog.Query{Filter: f, Now: now()}
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				c.Select(q)
			}
		})
	}
}

func BenchmarkSort(b *testing.B) {
	var c catalog.Catalog
	c.Put(many(10000)...)
	for _, column := range catalog.Columns() {
		for _, reverse := range []bool{false, true} {
			q := catalog.Query{Sort: column, Reverse: reverse, Now: now()}
			b.Run(fmt.Sprintf("%s/reverse=%v", column, reverse), func(b *testing.B) {
				for b.Loop() {
					c.Select(q)
				}
			})
		}
	}
}

// BenchmarkPut is what a load costs: the first, and a refresh that brings the
// same keys again.
func BenchmarkPut(b *testing.B) {
	keys := many(10000)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			var c catalog.Catalog
			c.Put(keys...)
		}
	})
	b.Run("refresh", func(b *testing.B) {
		var c catalog.Catalog
		c.Put(keys...)
		for b.Loop() {
			c.Put(keys...)
		}
	})
}
