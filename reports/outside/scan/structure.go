package scan

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// HTML returns the skeleton of a page: its elements and the names of their attributes. Text
// from outside must not change it. An address that runs a script is a mistake.
func HTML(page []byte) ([]string, error) {
	var skeleton []string
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return skeleton, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			words := []string{"<" + token.Data}
			for _, a := range token.Attr {
				words = append(words, a.Key)
				address := strings.ToLower(strings.TrimSpace(a.Val))
				if (a.Key == "href" || a.Key == "src" || a.Key == "action") && (strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "data:text")) {
					return nil, fmt.Errorf("the address %q runs a script", a.Val)
				}
			}
			skeleton = append(skeleton, strings.Join(words, " "))
		case html.EndTagToken:
			skeleton = append(skeleton, "</"+z.Token().Data)
		case html.TextToken, html.CommentToken, html.DoctypeToken:
		}
	}
}

// Markdown returns the skeleton of a page in GitHub's Markdown.
func Markdown(page []byte) ([]string, error) {
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(renderer.WithUnsafe()))
	if err := md.Convert(page, &b); err != nil {
		return nil, err
	}
	return HTML(b.Bytes())
}

// XML returns the skeleton of a document, read strictly.
func XML(document []byte) ([]string, error) {
	var skeleton []string
	for d := xml.NewDecoder(bytes.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return skeleton, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			words := []string{"<" + token.Name.Local}
			for _, a := range token.Attr {
				words = append(words, a.Name.Local)
			}
			skeleton = append(skeleton, strings.Join(words, " "))
		case xml.EndElement:
			skeleton = append(skeleton, "</"+token.Name.Local)
		case xml.Directive, xml.ProcInst, xml.Comment:
			skeleton = append(skeleton, fmt.Sprintf("%T", token))
		}
	}
}

// JSON returns an error if a document, or one of several on lines of their own, is not valid.
func JSON(document []byte) ([]string, error) {
	for d := json.NewDecoder(bytes.NewReader(document)); ; {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
	}
}

// Same returns the first difference of two skeletons, or "".
func Same(got, want []string) string {
	if slices.Equal(got, want) {
		return ""
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("%q instead of %q, after %q", got[i:min(i+4, len(got))], want[i:min(i+4, len(want))], got[max(0, i-3):i])
		}
	}
	return fmt.Sprintf("%d parts instead of %d", len(got), len(want))
}
