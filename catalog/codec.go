package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"millrace/sql/pgerr"
)

// Changes and snapshots are stored as
//
//	byte 0   format version (formatVersion)
//	byte 1   opCode of a change, or opSnapshot
//	rest     JSON of the fields by their Go names, see testdata/*.golden
//
// A field unknown to the reader is an error, not skipped: a node that ignored it
// would diverge from the others (I1). So a new field needs a new format version.
const formatVersion = 3

// formatWithoutRoles is the version before there were roles, owners and privileges. It
// is read as what it meant: the first superuser owns everything.
const formatWithoutRoles = 1

// opSnapshot marks a whole catalog.
const opSnapshot opCode = 0xff

type changeJSON struct {
	SearchPath []string `json:",omitempty"`
	BasedOn    uint64   `json:",omitempty"`
	By         ObjectID `json:",omitempty"`
	Op         json.RawMessage
}

type snapshotJSON struct {
	Version   uint64
	NextID    ObjectID
	Comment   string   `json:",omitempty"` // on the database
	Schemas   []Schema // without the system's
	Objects   []*Object
	Access    *access         `json:",omitempty"`
	Types     []*UserType     `json:",omitempty"`
	Sequences []*Sequence     `json:",omitempty"`
	Values    []SequenceValue `json:",omitempty"`
}

// Encode returns the stored form of the change.
func (c *Change) Encode() []byte {
	op := mustJSON(c.Op)
	return frame(c.Op.code(), changeJSON{c.SearchPath, c.BasedOn, c.By, op})
}

// DecodeChange reads what Encode wrote. Wrong bytes give an error with SQLSTATE XX001.
func DecodeChange(data []byte) (*Change, error) {
	code, body, err := unframe(data)
	if err != nil {
		return nil, err
	}
	var w changeJSON
	if err := strictJSON(body, &w); err != nil {
		return nil, corrupt(err)
	}
	op := newOp(code)
	if op == nil {
		return nil, corrupt(fmt.Errorf("operation %d", code))
	}
	if err := strictJSON(w.Op, op); err != nil {
		return nil, corrupt(err)
	}
	return &Change{SearchPath: w.SearchPath, BasedOn: w.BasedOn, By: w.By, Op: op}, nil
}

func newOp(code opCode) Op {
	switch code {
	case opCreateSchema:
		return &CreateSchema{}
	case opDropSchema:
		return &DropSchema{}
	case opCreate:
		return &Create{}
	case opDrop:
		return &Drop{}
	case opCreateIndex:
		return &CreateIndex{}
	case opDropIndex:
		return &DropIndex{}
	case opRename:
		return &Rename{}
	case opComment:
		return &Comment{}
	case opSetOptions:
		return &SetOptions{}
	case opCreateType:
		return &CreateType{}
	case opDropType:
		return &DropType{}
	case opAlterType:
		return &AlterType{}
	case opCreateSequence:
		return &CreateSequence{}
	case opDropSequence:
		return &DropSequence{}
	case opAlterSequence:
		return &AlterSequence{}
	case opAdvanceSequence:
		return &AdvanceSequence{}
	}
	return newRoleOp(code)
}

func (s *Snapshot) encode(values []SequenceValue) []byte {
	w := snapshotJSON{
		Version: s.version, NextID: s.nextID, Comment: s.comment, Objects: s.objects, Access: s.access,
		Types: s.types, Sequences: s.sequences, Values: values,
	}
	for _, x := range s.schemas {
		if !x.System {
			w.Schemas = append(w.Schemas, x)
		}
	}
	return frame(opSnapshot, w)
}

func decodeSnapshot(data []byte) (*Snapshot, map[ObjectID]SequenceValue, error) {
	code, body, err := unframe(data)
	if err != nil {
		return nil, nil, err
	}
	if code != opSnapshot {
		return nil, nil, corrupt(fmt.Errorf("operation %d instead of a snapshot", code))
	}
	var w snapshotJSON
	if err := strictJSON(body, &w); err != nil {
		return nil, nil, corrupt(err)
	}
	for _, o := range w.Objects {
		if o == nil {
			return nil, nil, corrupt(errors.New("an object is null"))
		}
		if err := checkObject(o); err != nil {
			return nil, nil, corrupt(err)
		}
	}
	schemas := append(systemSchemas(), w.Schemas...)
	s := newSnapshot(w.Version, w.NextID, schemas, w.Objects, w.Types, nil)
	s.comment, s.sequences = w.Comment, w.Sequences
	if w.Access != nil {
		if slices.Contains(w.Access.Roles, nil) {
			return nil, nil, corrupt(errors.New("a role is null"))
		}
		s.access = w.Access.index()
	}
	if data[0] == formatWithoutRoles {
		s.openPublic()
	}
	values := map[ObjectID]SequenceValue{}
	for _, v := range w.Values {
		values[v.ID] = v
	}
	return s, values, nil
}

func frame(code opCode, body any) []byte {
	return append([]byte{formatVersion, byte(code)}, mustJSON(body)...)
}

func unframe(data []byte) (opCode, []byte, error) {
	if len(data) < 2 {
		return 0, nil, corrupt(fmt.Errorf("only %d bytes", len(data)))
	}
	if data[0] < formatWithoutRoles || data[0] > formatVersion {
		return 0, nil, corrupt(fmt.Errorf("format version %d, this program reads %d", data[0], formatVersion))
	}
	return opCode(data[1]), data[2:], nil
}

// mustJSON cannot fail: the stored types have nothing that JSON lacks.
func mustJSON(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(pgerr.Bug("catalog: %v", err))
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

func strictJSON(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("bytes after the end")
	}
	return nil
}

func corrupt(err error) error {
	return pgerr.Wrap(err, pgerr.DataCorrupted, "catalog entry cannot be read")
}
