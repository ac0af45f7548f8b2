package sqltests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"
	"github.com/jackc/pgx/v5/pgproto3"
)

// send writes wire messages as they stand, one per line: type and JSON arguments.
func (r *runner) send(d *datadriven.TestData) error {
	c, err := r.conn(option(d, "conn", "main"))
	if err != nil {
		return err
	}
	var list []pgproto3.FrontendMessage
	for _, line := range strings.Split(strings.TrimSpace(d.Input), "\n") {
		m, err := parseMessage(line)
		if err != nil {
			return badDirective("%s: %v", line, err)
		}
		list = append(list, m)
	}
	return c.send(list...)
}

// messageArguments are all fields that lines of send may have.
type messageArguments struct {
	Name, Query, Portal, Statement string
	Values                         []*string
	Formats, ResultFormats         []int16
	MaxRows                        uint32
	Data, Message                  string
	OIDs                           []uint32
}

func parseMessage(line string) (pgproto3.FrontendMessage, error) {
	kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	var a messageArguments
	if rest != "" {
		dec := json.NewDecoder(strings.NewReader(rest))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&a); err != nil {
			return nil, err
		}
	}
	switch kind {
	case "Query":
		return &pgproto3.Query{String: a.Query}, nil
	case "Parse":
		return &pgproto3.Parse{Name: a.Name, Query: a.Query, ParameterOIDs: a.OIDs}, nil
	case "Bind":
		values := make([][]byte, len(a.Values))
		for i, v := range a.Values {
			if v != nil {
				values[i] = []byte(*v)
			}
		}
		return &pgproto3.Bind{
			DestinationPortal: a.Portal, PreparedStatement: a.Statement, Parameters: values,
			ParameterFormatCodes: a.Formats, ResultFormatCodes: a.ResultFormats,
		}, nil
	case "DescribeStatement":
		return &pgproto3.Describe{ObjectType: 'S', Name: a.Name}, nil
	case "DescribePortal":
		return &pgproto3.Describe{ObjectType: 'P', Name: a.Name}, nil
	case "CloseStatement":
		return &pgproto3.Close{ObjectType: 'S', Name: a.Name}, nil
	case "ClosePortal":
		return &pgproto3.Close{ObjectType: 'P', Name: a.Name}, nil
	case "Execute":
		return &pgproto3.Execute{Portal: a.Portal, MaxRows: a.MaxRows}, nil
	case "CopyData":
		return &pgproto3.CopyData{Data: []byte(a.Data)}, nil
	case "CopyDone":
		return &pgproto3.CopyDone{}, nil
	case "CopyFail":
		return &pgproto3.CopyFail{Message: a.Message}, nil
	case "Sync":
		return &pgproto3.Sync{}, nil
	case "Flush":
		return &pgproto3.Flush{}, nil
	case "Terminate":
		return &pgproto3.Terminate{}, nil
	}
	return nil, fmt.Errorf("there is no message %q", kind)
}

// recv shows all messages up to the n-th of a type: recv conn=c until=ReadyForQuery
// [count=2] [ignore=(ParameterStatus)]. Without until it shows what is there at rest.
func (r *runner) recv(d *datadriven.TestData) (string, error) {
	c, err := r.conn(option(d, "conn", "main"))
	if err != nil {
		return "", err
	}
	r.node.settle()
	until, left := option(d, "until", ""), 1
	if n := option(d, "count", ""); n != "" {
		if _, err := fmt.Sscan(n, &left); err != nil {
			return "", badDirective("count: %v", err)
		}
	}
	ignore := []string{}
	if a, ok := d.Arg("ignore"); ok {
		ignore = a.Vals
	}
	var out []string
	for until == "" && c.pending() || until != "" && left > 0 {
		m, err := c.next(statementWait)
		if err != nil {
			out = append(out, err.Error())
			break
		}
		name, line := messageLine(m)
		if !slices.Contains(ignore, name) {
			out = append(out, line)
		}
		if name == until {
			left--
		}
	}
	return strings.Join(out, "\n"), nil
}

// messageLine shows a message of the server as its type and what matters of it.
func messageLine(m wireMessage) (name, line string) {
	show := func(name string, v any) (string, string) {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(v)
		return name, name + " " + strings.TrimSpace(b.String())
	}
	switch m.typ {
	case '1':
		return "ParseComplete", "ParseComplete"
	case '2':
		return "BindComplete", "BindComplete"
	case '3':
		return "CloseComplete", "CloseComplete"
	case 'n':
		return "NoData", "NoData"
	case 's':
		return "PortalSuspended", "PortalSuspended"
	case 'I':
		return "EmptyQueryResponse", "EmptyQueryResponse"
	case 'c':
		return "CopyDone", "CopyDone"
	case 'Z':
		return "ReadyForQuery", "ReadyForQuery " + string(m.body)
	case 'C':
		return show("CommandComplete", strings.TrimRight(string(m.body), "\x00"))
	case 'T':
		var list []string
		for _, f := range decodeFields(m.body) {
			list = append(list, fmt.Sprintf("%s %s%s", f.name, typeName(f.oid, f.mod), map[bool]string{true: " binary"}[f.binary]))
		}
		return show("RowDescription", list)
	case 't':
		var p pgproto3.ParameterDescription
		_ = p.Decode(m.body)
		return show("ParameterDescription", p.ParameterOIDs)
	case 'D':
		return show("DataRow", rowValues(m.body))
	case 'd':
		return show("CopyData", bytesValue(m.body))
	case 'G', 'H':
		name := map[byte]string{'G': "CopyInResponse", 'H': "CopyOutResponse"}[m.typ]
		return show(name, map[string]any{"Format": m.body[0], "Columns": int(m.body[1])<<8 | int(m.body[2])})
	case 'S':
		f := strings.Split(string(m.body), "\x00")
		return show("ParameterStatus", map[string]string{f[0]: f[1]})
	case 'E', 'N':
		name := map[byte]string{'E': "ErrorResponse", 'N': "NoticeResponse"}[m.typ]
		var e pgproto3.ErrorResponse
		_ = e.Decode(m.body)
		return name, fmt.Sprintf("%s %s %s %q", name, e.Severity, e.Code, e.Message)
	}
	return string(m.typ), fmt.Sprintf("%c %x", m.typ, m.body)
}

// rowValues are the values of a DataRow: text, or a list of numbers where the bytes
// are no text, or nil.
func rowValues(body []byte) []any {
	out := []any{}
	for i, c := range decodeRow(body, nil) {
		_ = i
		if c.null {
			out = append(out, nil)
			continue
		}
		out = append(out, bytesValue([]byte(c.text)))
	}
	return out
}

func bytesValue(b []byte) any {
	if utf8.Valid(b) && !bytes.ContainsAny(b, "\x00\x01\x02\x03\x04\x05\x06\x07") {
		return string(b)
	}
	list := make([]int, len(b))
	for i, x := range b {
		list[i] = int(x)
	}
	return list
}
