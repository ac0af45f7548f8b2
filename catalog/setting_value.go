package catalog

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// Canonical checks a value and returns it as SHOW prints it.
func (s *Setting) Canonical(value string) (string, error) {
	switch s.Type {
	case SettingBool:
		b, ok := parseBool(value)
		if !ok {
			return "", pgerr.Newf(pgerr.InvalidParameterValue,
				"parameter \"%s\" requires a Boolean value", s.Name)
		}
		if s.Name == "standard_conforming_strings" && !b {
			return "", pgerr.Newf(pgerr.FeatureNotSupported, "parameter \"%s\" cannot be off", s.Name).
				WithHint("Write E'...' for a string with backslash escapes.")
		}
		return onOff(b), nil
	case SettingEnum:
		return s.enumValue(value)
	case SettingInt, SettingReal:
		n, err := s.parseNumber(value)
		if err != nil {
			return "", err
		}
		return s.display(n), nil
	}
	if s.Check != nil {
		return s.Check(value)
	}
	return value, nil
}

// Number returns a canonical numeric value in the setting's unit.
func (s *Setting) Number(canonical string) float64 {
	n, err := s.parseNumber(canonical)
	if err != nil {
		panic(pgerr.Bug("setting %s has value %q", s.Name, canonical))
	}
	return n
}

// BaseValue returns a canonical value as pg_settings.setting prints it: numbers
// in the setting's unit, without it.
func (s *Setting) BaseValue(canonical string) string {
	if s.Type == SettingInt || s.Type == SettingReal {
		return plainNumber(s.Number(canonical))
	}
	return canonical
}

func (s *Setting) invalid(value string) *pgerr.Error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter \"%s\": \"%s\"", s.Name, value)
}

func (s *Setting) enumValue(value string) (string, error) {
	for _, v := range s.Values {
		if strings.EqualFold(v, value) {
			return v, nil
		}
	}
	if v, ok := s.Accepts[strings.ToLower(value)]; ok {
		return v, nil
	}
	return "", s.invalid(value).WithHint("Available values: %s.", strings.Join(s.Values, ", "))
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// parseBool reads a Boolean as PostgreSQL does: unique prefixes count.
func parseBool(value string) (b, ok bool) {
	v := strings.ToLower(strings.TrimSpace(value))
	switch {
	case v == "":
		return false, false
	case strings.HasPrefix("true", v), strings.HasPrefix("yes", v), v == "on", v == "1":
		return true, true
	case strings.HasPrefix("false", v), strings.HasPrefix("no", v), v == "off", v == "of", v == "0":
		return false, true
	}
	return false, false
}

// unit is a unit of a number, in multiples of the family's smallest.
type unit struct {
	name string
	size float64
}

// The unit families, largest first.
var (
	timeUnits   = []unit{{"d", 86400e6}, {"h", 3600e6}, {"min", 60e6}, {"s", 1e6}, {"ms", 1e3}, {"us", 1}}
	memoryUnits = []unit{{"TB", 1 << 40}, {"GB", 1 << 30}, {"MB", 1 << 20}, {"kB", 1 << 10}, {"B", 1}}
)

// units returns the family of the setting's unit and that unit's size.
func (s *Setting) units() (family []unit, base float64) {
	switch s.Unit {
	case "":
		return nil, 1
	case "8kB":
		return memoryUnits, 8 << 10
	}
	for _, family := range [][]unit{timeUnits, memoryUnits} {
		for _, u := range family {
			if u.name == s.Unit {
				return family, u.size
			}
		}
	}
	panic(pgerr.Bug("setting %s has unit %q", s.Name, s.Unit))
}

func (s *Setting) unitHint() string {
	if family, _ := s.units(); &family[0] == &timeUnits[0] {
		return `Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".`
	}
	return `Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".`
}

// parseNumber reads a number with an optional unit and returns it in the base unit.
func (s *Setting) parseNumber(value string) (float64, error) {
	digits, unitName := cutNumber(strings.TrimSpace(value))
	n, err := parseC(digits)
	if err != nil {
		return 0, s.invalid(value)
	}
	family, base := s.units()
	if unitName != "" {
		size := 0.0
		for _, u := range family {
			if u.name == unitName {
				size = u.size
			}
		}
		if size == 0 {
			e := s.invalid(value)
			if family != nil {
				e.WithHint("%s", s.unitHint())
			}
			return 0, e
		}
		n = n * size / base
	}
	if s.Type == SettingInt {
		if n = math.RoundToEven(n); math.Abs(n) > max(math.MaxInt32, s.Max) {
			return 0, s.invalid(value).WithHint("Value exceeds integer range.")
		}
	}
	if n < s.Min || n > s.Max {
		suffix := ""
		if s.Unit != "" {
			suffix = " " + s.Unit
		}
		return 0, pgerr.Newf(pgerr.InvalidParameterValue,
			"%s%s is outside the valid range for parameter \"%s\" (%s .. %s)",
			plainNumber(n), suffix, s.Name, plainNumber(s.Min), plainNumber(s.Max))
	}
	return n, nil
}

// cutNumber splits "1.5 min" into the number and the unit.
func cutNumber(s string) (digits, unitName string) {
	end := 0
	hex := strings.HasPrefix(strings.TrimLeft(s, "+-"), "0x")
	for end < len(s) {
		c := s[end]
		isExponent := (c == 'e' || c == 'E') && end+1 < len(s) && strings.IndexByte("+-0123456789", s[end+1]) >= 0
		isSign := (c == '+' || c == '-') && (end == 0 || s[end-1] == 'e' || s[end-1] == 'E')
		isHex := hex && (c == 'x' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')
		if !(c >= '0' && c <= '9' || c == '.' || isExponent || isSign || isHex) {
			break
		}
		end++
	}
	return s[:end], strings.TrimSpace(s[end:])
}

// parseC reads a number as C does: hexadecimal with 0x, otherwise decimal.
func parseC(s string) (float64, error) {
	if i, err := strconv.ParseInt(s, 0, 64); err == nil && !strings.Contains(s, "_") {
		return float64(i), nil
	}
	if s == "" || strings.ContainsAny(s, "xXpP_") {
		return 0, fmt.Errorf("%q is no number", s)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) {
		return 0, fmt.Errorf("%q is no number", s)
	}
	return f, nil
}

// display prints a number of base units with the largest unit that divides it.
func (s *Setting) display(n float64) string {
	family, base := s.units()
	if family == nil || n <= 0 {
		return plainNumber(n)
	}
	total := n * base
	for _, u := range family {
		if total >= u.size && math.Mod(total, u.size) == 0 {
			return plainNumber(total/u.size) + u.name
		}
	}
	return plainNumber(n) + s.Unit
}

func plainNumber(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatInt(int64(n), 10)
	}
	return strconv.FormatFloat(n, 'g', -1, 64)
}
