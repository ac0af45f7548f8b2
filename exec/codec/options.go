package codec

import (
	"strings"

	"millrace/sql/pgerr"
)

// Kind is a format of rows as bytes.
type Kind uint8

// The formats of COPY.
const (
	Text Kind = iota
	CSV
	Binary
)

// HeaderMode says what the first line is.
type HeaderMode uint8

// The values of HEADER.
const (
	HeaderNone  HeaderMode = iota
	HeaderSkip             // a line of column names, not looked at when read
	HeaderMatch            // a line that must equal the column names
)

// Option is one option of COPY as the user wrote it. A star is the Value or the
// only element of List.
type Option struct {
	Name     string
	Value    string
	HasValue bool
	List     []string
}

// Options are the settings of COPY.
type Options struct {
	Kind          Kind
	Delimiter     byte
	Null          string
	Header        HeaderMode
	Quote, Escape byte // CSV only
	// ForceQuoteAll is FORCE_QUOTE *; the lists are names of columns.
	ForceQuoteAll                       bool
	ForceQuote, ForceNotNull, ForceNull []string
}

// optionParser holds what was given until defaults and conflicts are settled.
type optionParser struct {
	o                               Options
	seen                            map[string]bool
	delimiter, null, quote, escape  string
	hasDelimiter, hasNull, hasQuote bool
	hasEscape                       bool
}

// ParseOptions checks the options of COPY FROM (from) or COPY TO as PostgreSQL 15
// does and fills in defaults.
func ParseOptions(opts []Option, from bool) (Options, error) {
	p := optionParser{seen: map[string]bool{}}
	for _, o := range opts {
		if p.seen[o.Name] {
			return Options{}, pgerr.New(pgerr.SyntaxError, "conflicting or redundant options")
		}
		p.seen[o.Name] = true
		if err := p.take(o, from); err != nil {
			return Options{}, err
		}
	}
	if err := p.binaryConflicts(); err != nil {
		return Options{}, err
	}
	p.defaults()
	for _, check := range []func() error{p.checkDelimiter, p.checkQuotes, p.checkForce(from), p.checkNull} {
		if err := check(); err != nil {
			return Options{}, err
		}
	}
	return p.o, nil
}

// take stores one option.
func (p *optionParser) take(o Option, from bool) (err error) {
	switch o.Name {
	case "format":
		return p.takeFormat(o)
	case "freeze":
		_, err = boolOption(o)
	case "delimiter":
		p.delimiter, p.hasDelimiter, err = o.Value, true, needValue(o)
	case "null":
		p.null, p.hasNull, err = o.Value, true, needValue(o)
	case "quote":
		p.quote, p.hasQuote, err = o.Value, true, needValue(o)
	case "escape":
		p.escape, p.hasEscape, err = o.Value, true, needValue(o)
	case "header":
		return p.takeHeader(o, from)
	case "force_quote":
		if isStar(o) {
			p.o.ForceQuoteAll = true
			return nil
		}
		p.o.ForceQuote, err = listOption(o)
	case "force_not_null":
		p.o.ForceNotNull, err = listOption(o)
	case "force_null":
		p.o.ForceNull, err = listOption(o)
	case "encoding":
		return checkEncoding(o)
	default:
		return pgerr.Newf(pgerr.SyntaxError, "option \"%s\" not recognized", o.Name)
	}
	return err
}

func (p *optionParser) takeFormat(o Option) error {
	if err := needValue(o); err != nil {
		return err
	}
	switch o.Value {
	case "text":
		p.o.Kind = Text
	case "csv":
		p.o.Kind = CSV
	case "binary":
		p.o.Kind = Binary
	default:
		return pgerr.Newf(pgerr.InvalidParameterValue, "COPY format \"%s\" not recognized", o.Value)
	}
	return nil
}

func (p *optionParser) takeHeader(o Option, from bool) error {
	if strings.EqualFold(o.Value, "match") {
		if !from {
			return pgerr.New(pgerr.FeatureNotSupported, "cannot use \"match\" with HEADER in COPY TO")
		}
		p.o.Header = HeaderMatch
		return nil
	}
	on, err := boolOption(o)
	if err != nil {
		return pgerr.New(pgerr.SyntaxError, "header requires a Boolean value or \"match\"")
	}
	if on {
		p.o.Header = HeaderSkip
	}
	return nil
}

func boolOption(o Option) (bool, error) {
	if !o.HasValue {
		return true, nil
	}
	switch strings.ToLower(o.Value) {
	case "true", "on", "1":
		return true, nil
	case "false", "off", "0":
		return false, nil
	}
	return false, pgerr.Newf(pgerr.SyntaxError, "%s requires a Boolean value", o.Name)
}

func needValue(o Option) error {
	if !o.HasValue {
		return pgerr.Newf(pgerr.SyntaxError, "%s requires a parameter", o.Name)
	}
	return nil
}

func isStar(o Option) bool {
	return o.Value == "*" || (len(o.List) == 1 && o.List[0] == "*")
}

func listOption(o Option) ([]string, error) {
	if len(o.List) == 0 || isStar(o) {
		return nil, pgerr.Newf(pgerr.InvalidParameterValue,
			"argument to option \"%s\" must be a list of column names", o.Name)
	}
	return o.List, nil
}

// checkEncoding accepts the names of UTF8, the only encoding there is.
func checkEncoding(o Option) error {
	name := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(o.Value))
	switch name {
	case "utf8", "unicode", "sqlascii":
		return nil
	case "latin1", "latin2", "latin9", "win1252", "win1251", "win1250", "iso88591", "eucjp", "sjis", "gbk", "big5":
		return pgerr.Newf(pgerr.FeatureNotSupported, "encoding \"%s\" is not supported", o.Value).
			WithHint("Convert the data to UTF8.")
	}
	return pgerr.New(pgerr.InvalidParameterValue,
		"argument to option \"encoding\" must be a valid encoding name")
}

func (p *optionParser) binaryConflicts() error {
	if p.o.Kind != Binary {
		return nil
	}
	switch {
	case p.hasDelimiter:
		return pgerr.New(pgerr.SyntaxError, "cannot specify DELIMITER in BINARY mode")
	case p.hasNull:
		return pgerr.New(pgerr.SyntaxError, "cannot specify NULL in BINARY mode")
	}
	return nil
}

func (p *optionParser) defaults() {
	csv := p.o.Kind == CSV
	if !p.hasDelimiter {
		p.delimiter = "\t"
		if csv {
			p.delimiter = ","
		}
	}
	if !p.hasNull && !csv {
		p.null = `\N`
	}
	if csv && !p.hasQuote {
		p.quote = `"`
	}
	if csv && !p.hasEscape {
		p.escape = p.quote
	}
	p.o.Null = p.null
}

func (p *optionParser) checkDelimiter() error {
	csv := p.o.Kind == CSV
	switch {
	case len(p.delimiter) != 1:
		return pgerr.New(pgerr.FeatureNotSupported, "COPY delimiter must be a single one-byte character")
	case strings.ContainsAny(p.delimiter, "\r\n"):
		return pgerr.New(pgerr.InvalidParameterValue, "COPY delimiter cannot be newline or carriage return")
	case strings.ContainsAny(p.null, "\r\n"):
		return pgerr.New(pgerr.InvalidParameterValue,
			"COPY null representation cannot use newline or carriage return")
	case !csv && strings.Contains(`\.abcdefghijklmnopqrstuvwxyz0123456789`, p.delimiter):
		return pgerr.Newf(pgerr.InvalidParameterValue, "COPY delimiter cannot be \"%s\"", p.delimiter)
	case p.o.Kind == Binary && p.o.Header != HeaderNone:
		return pgerr.New(pgerr.FeatureNotSupported, "cannot specify HEADER in BINARY mode")
	}
	p.o.Delimiter = p.delimiter[0]
	return nil
}

func (p *optionParser) checkQuotes() error {
	if p.o.Kind != CSV {
		switch {
		case p.hasQuote:
			return pgerr.New(pgerr.FeatureNotSupported, "COPY quote available only in CSV mode")
		case p.hasEscape:
			return pgerr.New(pgerr.FeatureNotSupported, "COPY escape available only in CSV mode")
		}
		return nil
	}
	switch {
	case len(p.quote) != 1:
		return pgerr.New(pgerr.FeatureNotSupported, "COPY quote must be a single one-byte character")
	case p.delimiter == p.quote:
		return pgerr.New(pgerr.InvalidParameterValue, "COPY delimiter and quote must be different")
	case len(p.escape) != 1:
		return pgerr.New(pgerr.FeatureNotSupported, "COPY escape must be a single one-byte character")
	}
	p.o.Quote, p.o.Escape = p.quote[0], p.escape[0]
	return nil
}

func (p *optionParser) checkForce(from bool) func() error {
	return func() error {
		for _, f := range []struct {
			given, ok bool
			name, way string
		}{
			{p.o.ForceQuoteAll || p.o.ForceQuote != nil, !from, "quote", "COPY TO"},
			{p.o.ForceNotNull != nil, from, "not null", "COPY FROM"},
			{p.o.ForceNull != nil, from, "null", "COPY FROM"},
		} {
			switch {
			case f.given && p.o.Kind != CSV:
				return pgerr.Newf(pgerr.FeatureNotSupported, "COPY force %s available only in CSV mode", f.name)
			case f.given && !f.ok:
				return pgerr.Newf(pgerr.FeatureNotSupported, "COPY force %s only available using %s", f.name, f.way)
			}
		}
		return nil
	}
}

func (p *optionParser) checkNull() error {
	switch {
	case strings.Contains(p.null, p.delimiter) && p.o.Kind != Binary:
		return pgerr.New(pgerr.FeatureNotSupported, "COPY delimiter must not appear in the NULL specification")
	case p.o.Kind == CSV && strings.Contains(p.null, p.quote):
		return pgerr.New(pgerr.FeatureNotSupported,
			"CSV quote character must not appear in the NULL specification")
	}
	return nil
}
