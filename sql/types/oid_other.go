package types

import "strings"

// otherTypes are the built-in types of PostgreSQL that values here cannot have: oid,
// oid of the array type or 0, name in pg_type, and what format_type prints where that
// differs. regtype knows them, as clients ask for them by name.
const otherTypes = `
27 1010 tid
29 1012 cid
32 0 pg_ddl_command
142 143 xml
269 0 table_am_handler
325 0 index_am_handler
600 1017 point
601 1018 lseg
602 1019 path
603 1020 box
604 1027 polygon
628 629 line
718 719 circle
774 775 macaddr8
790 791 money
1266 1270 timetz time with time zone
1560 1561 bit
1562 1563 varbit bit varying
1790 2201 refcursor
2275 1263 cstring
2279 0 trigger
2280 0 language_handler
2281 0 internal
2776 0 anynonarray
2970 2949 txid_snapshot
3115 0 fdw_handler
3310 0 tsm_handler
3361 0 pg_ndistinct
3402 0 pg_dependencies
3500 0 anyenum
3614 3643 tsvector
3615 3645 tsquery
3642 3644 gtsvector
3734 3735 regconfig
3769 3770 regdictionary
3831 0 anyrange
3838 0 event_trigger
3904 3905 int4range
3906 3907 numrange
3908 3909 tsrange
3910 3911 tstzrange
3912 3913 daterange
3926 3927 int8range
4072 4073 jsonpath
4096 4097 regrole
4191 4192 regcollation
4451 6150 int4multirange
4532 6151 nummultirange
4533 6152 tsmultirange
4534 6153 tstzmultirange
4535 6155 datemultirange
4536 6157 int8multirange
4537 0 anymultirange
4538 0 anycompatiblemultirange
4600 0 pg_brin_bloom_summary
4601 0 pg_brin_minmax_multi_summary
5017 0 pg_mcv_list
5038 5039 pg_snapshot
5069 271 xid8
5077 0 anycompatible
5078 0 anycompatiblearray
5079 0 anycompatiblenonarray
5080 0 anycompatiblerange
`

type otherType struct {
	oid  uint32
	name string // as format_type prints it
}

// otherByOID and otherByName hold otherTypes, arrays included; names are those of
// pg_type and those of format_type.
var otherByOID, otherByName = indexOtherTypes()

func indexOtherTypes() (map[uint32]otherType, map[string]otherType) {
	oids, names := map[uint32]otherType{}, map[string]otherType{}
	add := func(t otherType, internal string) {
		oids[t.oid] = t
		names[internal], names[t.name] = t, t
	}
	for _, line := range strings.Split(strings.TrimSpace(otherTypes), "\n") {
		f := strings.SplitN(line, " ", 4)
		display := f[len(f)-1]
		id, array := mustOID(f[0]), mustOID(f[1])
		add(otherType{id, display}, f[2])
		if array != 0 {
			add(otherType{array, display + "[]"}, "_"+f[2])
		}
	}
	return oids, names
}

func mustOID(s string) uint32 {
	var n uint32
	for _, c := range []byte(s) {
		n = 10*n + uint32(c-'0')
	}
	return n
}

// OIDOfName finds one of the built-in types that values cannot have, by its name in
// pg_type or the one that format_type prints; pg_catalog may stand in front.
func OIDOfName(name string) (uint32, bool) {
	t, ok := otherByName[strings.TrimPrefix(strings.ToLower(name), "pg_catalog.")]
	return t.oid, ok
}

// NameOfOID returns what format_type prints for a built-in type, also for those that
// values cannot have.
func NameOfOID(oid uint32) (string, bool) {
	if t, ok := FromOID(oid); ok {
		return t.String(), true
	}
	t, ok := otherByOID[oid]
	return t.name, ok
}
