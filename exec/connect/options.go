package connect

import (
	"math"
	"slices"
	"strconv"

	"millrace/sql/pgerr"
)

// options reads settings by name and keeps the first error. What is read is used up.
type options struct {
	values map[string]string
	err    error
}

func (o *options) take(name, def string) string {
	v, ok := o.values[name]
	delete(o.values, name)
	if !ok {
		return def
	}
	return v
}

func (o *options) has(name string) bool { _, ok := o.values[name]; return ok }

func (o *options) fail(name, value, want string) {
	if o.err == nil {
		o.err = pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter %q: %q", name, value).
			WithDetail("%s", want)
	}
}

func (o *options) text(name, def string) string { return o.take(name, def) }

// choice is one of a few words.
func (o *options) choice(name, def string, words ...string) string {
	v := o.take(name, def)
	if !slices.Contains(words, v) {
		want := "Valid values are "
		for i, w := range words {
			if i > 0 {
				want += ", "
			}
			want += strconv.Quote(w)
		}
		o.fail(name, v, want+".")
	}
	return v
}

// number is a number in a range.
func (o *options) number(name, def string, low, high float64) float64 {
	v := o.take(name, def)
	x, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(x) || x < low || x > high {
		o.fail(name, v, "The value is a number between "+strconv.FormatFloat(low, 'g', -1, 64)+" and "+
			strconv.FormatFloat(high, 'g', -1, 64)+".")
		return low
	}
	return x
}

// integer is a whole number of at least low.
func (o *options) integer(name string, def, low int64) int64 {
	v := o.take(name, strconv.FormatInt(def, 10))
	x, err := strconv.ParseInt(v, 10, 64)
	if err != nil || x < low {
		o.fail(name, v, "The value is a whole number of at least "+strconv.FormatInt(low, 10)+".")
		return low
	}
	return x
}

// finish reports the first error, or an option that nobody has read.
func (o *options) finish() error {
	if o.err != nil {
		return o.err
	}
	var names []string
	for k := range o.values {
		names = append(names, k)
	}
	slices.Sort(names)
	if len(names) > 0 {
		return pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized parameter %q", names[0])
	}
	return nil
}
