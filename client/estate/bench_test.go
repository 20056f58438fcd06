package estate_test

import (
	"fmt"
	"testing"

	"provkeys/client"
	"provkeys/client/estate"
)

// large is a tenant of n keys, a fifth as many groups, and as many connectors as keys.
func large(n int) estate.Source {
	s := estate.Source{Now: now(), Certificates: sample().Certificates}
	for i := range n {
		kind := client.Kinds()[i%4]
		group := fmt.Sprint(i % (n / 5))
		s.Keys = append(s.Keys, key(kind, fmt.Sprint(i), fmt.Sprintf("eu-west-%d-asg-%d", i%4, i), group, int64(i%60), 60))
		s.Connectors = append(s.Connectors, connector(kind, fmt.Sprint(i), fmt.Sprintf("eu-west-%d-asg-%d-1", i%4, i), fmt.Sprint(i), group))
		if i < n/5 {
			s.Groups = append(s.Groups, client.Group{ID: client.ID(group), Kind: kind, Name: "EU West " + group, Enabled: true})
		}
	}
	return s
}

func BenchmarkRows(b *testing.B) {
	s := large(10000)
	b.Run("groups", func(b *testing.B) {
		for b.Loop() {
			estate.Groups(s)
		}
	})
	b.Run("connectors", func(b *testing.B) {
		for b.Loop() {
			estate.Connectors(s)
		}
	})
	b.Run("certificates", func(b *testing.B) {
		for b.Loop() {
			estate.Certificates(s)
		}
	})
}

func BenchmarkSelect(b *testing.B) {
	rows := estate.Connectors(large(10000))
	f, err := estate.ParseFilter[estate.Connector]("west !asg-7 state:connected")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		estate.Select(rows, estate.Query[estate.Connector]{Filter: f, Sort: estate.ByKey})
	}
}
