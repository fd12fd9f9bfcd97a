package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	flags := flag.NewFlagSet("site", flag.ExitOnError)
	root := flags.String("root", ".", "folder of the repository")
	out := flags.String("out", "", "folder to write the site to; its earlier content is removed")
	outside := flags.Bool("outside", false, "list the links to other sites, and write nothing")
	_ = flags.Parse(os.Args[1:]) // ends the program itself
	if flags.NArg() > 0 || (*out == "") == !*outside {
		fmt.Fprintln(os.Stderr, "usage: site -out FOLDER, or site -outside")
		os.Exit(2)
	}
	if err := run(*root, *out, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

// run writes the site to a folder, or lists its links to other sites if there is none.
func run(root, out string, stdout io.Writer) error {
	s, err := load(os.DirFS(root))
	if err != nil {
		return err
	}
	if out == "" {
		for _, link := range s.outside() {
			fmt.Fprintln(stdout, link)
		}
		return nil
	}
	files, err := s.files()
	if err != nil {
		return err
	}
	return write(out, files)
}
