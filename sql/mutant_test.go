package sql

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	mutantSeed  = flag.Uint64("mutant-seed", 1, "seed of TestMutants")
	mutantCount = flag.Int("mutants", 5_000, "number of texts TestMutants tries")
)

// TestMutants drops, doubles, replaces and inserts tokens of good statements:
// that reaches deeper than changed bytes. The checks are those of FuzzParse.
func TestMutants(t *testing.T) {
	t.Logf("-mutant-seed=%d", *mutantSeed)
	texts := corpus(t)
	random := rand.New(rand.NewPCG(*mutantSeed, 0))
	parsed := 0
	for range *mutantCount {
		text := texts[random.IntN(len(texts))]
		donor := texts[random.IntN(len(texts))]
		for range 1 + random.IntN(2) {
			text = mutate(random, text, donor)
		}
		stmts, err := Parse(text)
		if err != nil {
			checkError(t, text, err)
			continue
		}
		parsed++
		for _, stmt := range stmts {
			checkRoundTrip(t, stmt)
			checkPositions(t, text, stmt)
		}
	}
	if parsed < *mutantCount/20 {
		t.Errorf("only %d of %d mutants parsed: the test sees too little", parsed, *mutantCount)
	}
}

// corpus returns the inputs of testdata.
func corpus(t *testing.T) []string {
	t.Helper()
	var texts []string
	files, err := filepath.Glob("testdata/parse/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "testdata/clients.txt") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(data), "\nparse\n") {
			text, _, _ := strings.Cut(block, "\n----\n")
			texts = append(texts, text)
		}
		for _, block := range strings.Split(string(data), "\n=== ") {
			_, text, _ := strings.Cut(block, "\n")
			texts = append(texts, text)
		}
	}
	return texts
}

// mutate changes one token of text; donor gives tokens to insert.
func mutate(random *rand.Rand, text, donor string) string {
	tokens, others := lex(text).toks, lex(donor).toks
	pick, other := tokens[random.IntN(len(tokens))], others[random.IntN(len(others))]
	inserted := donor[other.pos:other.end]
	switch random.IntN(5) {
	case 0:
		return text[:pick.pos] + text[pick.end:]
	case 1:
		return text[:pick.end] + " " + text[pick.pos:pick.end] + " " + text[pick.end:]
	case 2:
		return text[:pick.pos] + inserted + text[pick.end:]
	case 3:
		return text[:pick.pos] + " " + inserted + " " + text[pick.pos:]
	default: // a piece of the other text
		end := others[random.IntN(len(others))].end
		if end < other.pos {
			return text
		}
		return text[:pick.pos] + " " + donor[other.pos:end] + " " + text[pick.end:]
	}
}
