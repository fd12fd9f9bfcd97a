package expression

// Parse reads an expression, resolves its functions and checks their arguments
// (E-155 to E-157). Every error is an *Error.
func Parse(source string) (*Expression, error) {
	p, err := newParser(source)
	if err != nil {
		return nil, err
	}
	root, err := p.whole(false)
	if err != nil {
		return nil, err
	}
	c := compiler{source: source, known: table()}
	for _, kept := range p.lexer.kept {
		c.warn("the backslash in %q escapes nothing and is kept; double it to say so (E-155)", kept)
	}
	if err := c.compile(root); err != nil {
		return nil, err
	}
	return &Expression{source: source, text: format(root), root: root, attributes: c.attributes, warnings: c.warnings}, nil
}
