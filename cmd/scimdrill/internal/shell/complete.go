package shell

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Candidate is a word that may stand at the cursor, and what it means.
type Candidate struct{ Word, Help string }

// Values lists what a flag or an argument of a command takes, such as ("conform", "check"). It is
// nil for anything.
type Values func(command, name string) []string

// Complete lists the words that may stand at the cursor, which is at the end of the last word, and
// reports whether file names may stand there, too. A last word ":" is an empty one, because not
// every shell can pass that.
func Complete(app *kong.Application, words []string, values Values) (list []Candidate, files bool) {
	words = joined(words)
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	if last == ":" {
		last = ""
	}
	c := cursor{node: app.Node, values: values}
	for _, word := range words[:len(words)-1] {
		c.pass(word)
	}
	list, files = c.candidates(last)
	kept := list[:0]
	for _, candidate := range list {
		if strings.HasPrefix(candidate.Word, last) {
			kept = append(kept, candidate)
		}
	}
	return kept, files
}

// joined puts together what bash takes apart: --format = json.
func joined(words []string) []string {
	var whole []string
	for i := 0; i < len(words); i++ {
		if words[i] == "=" && len(whole) > 0 && strings.HasPrefix(whole[len(whole)-1], "--") {
			whole[len(whole)-1] += "="
			if i+1 < len(words) {
				whole[len(whole)-1] += words[i+1]
				i++
			}
			continue
		}
		whole = append(whole, words[i])
	}
	return whole
}

// cursor is what the words before the cursor mean.
type cursor struct {
	node      *kong.Node
	values    Values
	flag      *kong.Flag // whose value comes next, or nil
	arguments int        // that were given
	plain     bool       // no flags any more, after --
}

// pass reads one word.
func (c *cursor) pass(word string) {
	switch {
	case c.flag != nil:
		c.flag = nil
	case word == "--":
		c.plain = true
	case !c.plain && strings.HasPrefix(word, "-") && word != "-":
		name, _, whole := strings.Cut(word, "=")
		if f := c.find(name); f != nil && !f.IsBool() && !whole {
			c.flag = f
		}
	default:
		for _, child := range c.node.Children {
			if child.Name == word || slices.Contains(child.Aliases, word) {
				c.node = child
				return
			}
		}
		c.arguments++
	}
}

// find returns the flag of a command, or of those above it.
func (c *cursor) find(name string) *kong.Flag {
	for _, f := range c.flags() {
		if "--"+f.Name == name || f.Short != 0 && "-"+string(f.Short) == name {
			return f
		}
	}
	return nil
}

func (c *cursor) flags() []*kong.Flag {
	var all []*kong.Flag
	for _, group := range c.node.AllFlags(true) {
		all = append(all, group...)
	}
	return all
}

// candidates lists all words that may stand at the cursor.
func (c *cursor) candidates(last string) (list []Candidate, files bool) {
	if c.flag != nil {
		return c.of(c.flag.Value, elements(c.flag.Value, last))
	}
	if name, value, ok := strings.Cut(last, "="); ok && !c.plain && strings.HasPrefix(name, "--") {
		if f := c.find(name); f != nil {
			return c.of(f.Value, name+"="+elements(f.Value, value))
		}
		return nil, false
	}
	if !c.plain && strings.HasPrefix(last, "-") {
		for _, f := range c.flags() {
			list = append(list, Candidate{"--" + f.Name, sentence(f.Help)})
		}
		return list, false
	}
	for _, child := range c.node.Children {
		if !child.Hidden && child.Type == kong.CommandNode {
			list = append(list, Candidate{child.Name, sentence(child.Help)})
		}
	}
	if n := len(c.node.Positional); n > 0 {
		of, any := c.of(c.node.Positional[min(c.arguments, n-1)], "")
		return append(list, of...), any
	}
	return list, false
}

// elements are those of a list that stand before its last one: "json," of "json,ju".
func elements(v *kong.Value, text string) string {
	if !v.IsSlice() {
		return ""
	}
	return text[:strings.LastIndexByte(text, ',')+1]
}

// of lists the values of a flag or an argument, behind what stands before them in the same word.
// What has no list may be a file.
func (c *cursor) of(v *kong.Value, before string) (list []Candidate, files bool) {
	var words []string
	if v.Enum != "" {
		words = v.EnumSlice()
	} else if c.values != nil {
		words = c.values(command(c.node), v.Name)
	}
	for _, word := range words {
		if word != "" {
			list = append(list, Candidate{Word: before + word})
		}
	}
	return list, len(list) == 0 && before == "" && !v.IsBool()
}

// command is the path of a node without the program: "tenant generate".
func command(node *kong.Node) string {
	if node.Parent == nil {
		return ""
	}
	return strings.TrimSpace(command(node.Parent) + " " + node.Name)
}

// sentence is the first sentence of a help, in one line.
func sentence(help string) string {
	help = strings.Join(strings.Fields(help), " ")
	first, _, _ := strings.Cut(help, ". ")
	return strings.TrimSuffix(first, ".")
}
