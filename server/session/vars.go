package session

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"millrace/catalog"
	"millrace/server/pgwire"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// vars are the session's settings. Values are as SHOW prints them.
type vars struct {
	// defaults are what RESET goes back to: the server's, then the start-up packet's.
	defaults map[string]string
	values   map[string]string // by lower-case name; only those set
	// local are the values that SET LOCAL hides until the transaction commits, before
	// those at its start of all that it changed. nil is a default.
	local    map[string]*string
	before   map[string]*string
	changed  map[string]bool // reported settings changed since the last report
	reported bool
	// version counts changes that matter to plans.
	version uint64
	cached  *types.Format
	// numbers and bools keep what settings mean, for those that every statement asks.
	numbers map[string]int64
	bools   map[string]bool
	level   string // consistency; "" is not known
	// regName names objects of the catalog in values; see types.Format.
	regName func(t types.Type, oid uint32) (string, bool)
}

func newVars(server map[string]string, info pgwire.StartupInfo) (*vars, error) {
	v := &vars{
		defaults: map[string]string{}, values: map[string]string{},
		local: map[string]*string{}, before: map[string]*string{}, changed: map[string]bool{},
		numbers: map[string]int64{}, bools: map[string]bool{},
	}
	for name, value := range server {
		if err := v.setDefault(name, value); err != nil {
			return nil, err
		}
	}
	names := make([]string, 0, len(info.Params))
	for name := range info.Params {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := v.setDefault(name, info.Params[name]); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (v *vars) setDefault(name, value string) error {
	name, value, err := catalog.CheckSetting(name, value)
	if err != nil {
		return err
	}
	v.defaults[strings.ToLower(name)] = value
	v.touch(name)
	return nil
}

// get returns a setting's value; ok is false for one that nobody knows.
func (v *vars) get(name string) (string, bool) {
	def, known := catalog.LookupSetting(name)
	key := strings.ToLower(name)
	if known {
		key = strings.ToLower(def.Name)
	}
	if x, ok := v.values[key]; ok {
		return x, true
	}
	if x, ok := v.defaults[key]; ok {
		return x, true
	}
	if known {
		return def.Default, true
	}
	return "", false
}

// set changes a setting, until the end of the transaction if local.
func (v *vars) set(name, value string, local bool) error {
	name, value, err := catalog.CheckSetting(name, value)
	if err != nil {
		return err
	}
	v.assign(name, value, local)
	return nil
}

// assign is set for a value that was checked.
func (v *vars) assign(name, value string, local bool) {
	key := strings.ToLower(name)
	v.keep(v.before, key)
	if local {
		v.keep(v.local, key)
	} else {
		delete(v.local, key)
	}
	v.values[key] = value
	v.touch(name)
}

// keep notes the present value of a setting, unless an earlier one is noted.
func (v *vars) keep(in map[string]*string, key string) {
	if _, ok := in[key]; ok {
		return
	}
	in[key] = nil
	if old, ok := v.values[key]; ok {
		in[key] = &old
	}
}

// isChanged reports whether the transaction has changed settings.
func (v *vars) isChanged() bool { return len(v.before) > 0 || len(v.local) > 0 }

// endTxn takes back what SET LOCAL set, or after a failure all that SET did.
func (v *vars) endTxn(committed bool) {
	back := v.local
	if !committed {
		back = v.before
	}
	for key, old := range back {
		if old == nil {
			delete(v.values, key)
		} else {
			v.values[key] = *old
		}
		v.touch(key)
	}
	clear(v.local)
	clear(v.before)
}

// varsMark is the settings at a savepoint.
type varsMark struct {
	values        map[string]string
	local, before map[string]*string
}

func (v *vars) mark() varsMark {
	return varsMark{values: maps.Clone(v.values), local: maps.Clone(v.local), before: maps.Clone(v.before)}
}

// rollbackTo takes back what was set after a mark.
func (v *vars) rollbackTo(m varsMark) {
	for key := range v.before {
		v.touch(key)
	}
	v.values, v.local, v.before = maps.Clone(m.values), maps.Clone(m.local), maps.Clone(m.before)
}

// reset goes back to the default; "all" does so for every setting.
func (v *vars) reset(name string) error {
	if name == "all" {
		for _, key := range slices.Collect(maps.Keys(v.values)) {
			if key != "role" && key != "session_authorization" {
				v.resetKey(key)
			}
		}
		return nil
	}
	def, ok := catalog.LookupSetting(name)
	if !ok {
		if _, set := v.get(name); !set {
			return catalog.ErrUnknownSetting(name)
		}
		v.resetKey(strings.ToLower(name))
		return nil
	}
	if def.Scope != catalog.ScopeUser {
		return pgerr.Newf(pgerr.CantChangeRuntimeParam, "parameter %q cannot be changed", def.Name)
	}
	v.resetKey(strings.ToLower(def.Name))
	return nil
}

func (v *vars) resetKey(key string) {
	v.keep(v.before, key)
	delete(v.local, key)
	delete(v.values, key)
	v.touch(key)
}

// touch notes that a setting may have another value now.
func (v *vars) touch(name string) {
	clear(v.numbers)
	clear(v.bools)
	v.level = ""
	if def, ok := catalog.LookupSetting(name); ok {
		if def.Report {
			v.changed[def.Name] = true
		}
		if def.NoEffect {
			return
		}
	}
	v.version++
	v.cached = nil
}

// report lists the reported settings: all the first time, then those that changed.
func (v *vars) report() []pgwire.Parameter {
	var out []pgwire.Parameter
	if v.reported && len(v.changed) == 0 {
		return nil
	}
	for _, def := range catalog.Settings() {
		if def.Report && (!v.reported || v.changed[def.Name]) {
			value, _ := v.get(def.Name)
			out = append(out, pgwire.Parameter{Name: def.Name, Value: value})
		}
	}
	v.reported = true
	clear(v.changed)
	return out
}

func (v *vars) bool(name string) bool {
	if on, ok := v.bools[name]; ok {
		return on
	}
	x, _ := v.get(name)
	v.bools[name] = x == "on"
	return x == "on"
}

func (v *vars) text(name string) string {
	x, _ := v.get(name)
	return x
}

func (v *vars) consistency() string {
	if v.level == "" {
		v.level = v.text("consistency")
	}
	return v.level
}

// duration reads a setting in milliseconds, with or without a unit; 0 is off.
func (v *vars) duration(name string) time.Duration {
	return time.Duration(v.number(name)) * time.Millisecond
}

// number reads a numeric setting in its base unit.
func (v *vars) number(name string) int64 {
	if n, ok := v.numbers[name]; ok {
		return n
	}
	def, ok := catalog.LookupSetting(name)
	if !ok {
		return 0
	}
	x, _ := v.get(name)
	n := int64(def.Number(x))
	v.numbers[name] = n
	return n
}

// searchPath resolves the setting: "$user" is the user's schema.
func (v *vars) searchPath(user string) []string {
	names, _ := catalog.SplitList(v.text("search_path"))
	path := make([]string, 0, len(names)+1)
	if !slices.Contains(names, "pg_catalog") {
		path = append(path, "pg_catalog")
	}
	for _, n := range names {
		if n == "$user" {
			n = user
		}
		path = append(path, n)
	}
	return path
}

// format is the settings that values are printed with.
func (v *vars) format() *types.Format {
	if v.cached == nil {
		digits, err := strconv.Atoi(v.text("extra_float_digits"))
		if err != nil {
			digits = 1
		}
		loc, err := types.LoadZone(v.text("TimeZone"))
		if err != nil {
			loc = time.UTC
		}
		v.cached = &types.Format{
			TimeZone: loc, DateStyle: v.text("DateStyle"), IntervalStyle: v.text("IntervalStyle"),
			ExtraFloatDigits: digits, FloatDigitsSet: true, ByteaOutput: v.text("bytea_output"),
			RegName: v.regName,
		}
	}
	return v.cached
}

// ChangedSetting returns a setting's value if it is not the built-in default.
func (s *Session) ChangedSetting(name string) (string, bool) {
	value, ok := s.vars.get(name)
	if def, known := catalog.LookupSetting(name); known && value == def.Default {
		return "", false
	}
	return value, ok
}
