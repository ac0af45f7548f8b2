package regex

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Plain expressions match as the automaton does.
func TestPlain(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	pieces := []string{
		"a", "b", "ab", "&", "[^&]*", "[ab]+", "(&|^)", "(a|ab)", "^", "$", "(b*)", ".*", "é", "[^a]+", "(?:a|b)", "(ab|)", "[x-z]*", "(a|b&)x",
	}
	letters := []string{"a", "b", "&", "é", "x"}
	count := 0
	for range 4000 {
		source := ""
		for range 1 + rnd.IntN(5) {
			source += pieces[rnd.IntN(len(pieces))]
		}
		fast, err := Compile(source, Options{})
		if err != nil || fast.plain == nil {
			continue
		}
		count++
		slow, _ := Compile(source, Options{})
		slow.plain, slow.fast = nil, nil
		for range 20 {
			text := ""
			for range rnd.IntN(8) {
				text += letters[rnd.IntN(len(letters))]
			}
			want, got := slow.Find([]byte(text), 0), fast.Find([]byte(text), 0)
			if !slices.Equal(got, want) || fast.Match([]byte(text)) != (want != nil) {
				t.Fatalf("%s in %q: %v, not %v", source, text, got, want)
			}
		}
	}
	if count < 300 {
		t.Errorf("only %d expressions were plain", count)
	}
}

func BenchmarkPlain(b *testing.B) {
	r, err := Compile(`(&|^)channel_id=([^&]*)`, Options{})
	if err != nil {
		b.Fatal(err)
	}
	text := []byte("https://www.nexmark.com/abcd/efgh/ijklm/item.htm?query=1&channel_id=1207959552")
	for b.Loop() {
		r.Find(text, 0)
	}
}
