package recorder

import (
	"crypto/rand"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/pseudonym"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// seedVariable holds what pseudonyms depend on. It is no flag: the files of a recording hold
// flags, and who has the seed can try out names.
const seedVariable = "SCIMDRILL_PSEUDONYM_SEED"

// Pseudonyms makes up people.
func Pseudonyms(con *console.Console) (*pseudonym.Names, error) {
	seed, err := con.Secret("", "", seedVariable)
	if err != nil {
		return nil, err
	}
	if seed == "" {
		seed = rand.Text()
		con.Say("pseudonyms: `record diff --pseudonyms` needs %s=%s; store it apart from the recording, because anyone with it can guess names", seedVariable, seed)
	}
	return pseudonym.New(seed), nil
}

// Rename puts the people of the recording into the other side.
func Rename(con *console.Console, requests []*recording.Request) error {
	seed, err := con.Secret("", "", seedVariable)
	if err != nil {
		return err
	}
	if seed == "" {
		return exit.Usage("use the value that `record --pseudonyms` printed", "--pseudonyms needs %s", seedVariable)
	}
	names := pseudonym.New(seed)
	for _, r := range requests {
		r.Rename(names.Body, names.Address)
	}
	return nil
}
