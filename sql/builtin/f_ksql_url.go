package builtin

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

const urlExample = "'http://u@www.test.com:8080/a/b?x=1&y=2#frag'"

var ksqlURLFuncs = concat([]Func{
	{
		Name: "url_encode_param", Args: list(types.Text), Returns: types.Text, Doc: "ksqlDB: the text as the value of a parameter of a URL.",
		Example: "url_encode_param('url encoded?') = 'url+encoded%3F'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			s := url.QueryEscape(args[0].S)
			return types.BytesDatum(strings.NewReplacer("~", "%7E", "%2A", "*").Replace(s)), nil
		}),
	},
	{
		Name: "url_decode_param", Args: list(types.Text), Returns: types.Text, Doc: "ksqlDB: the text that a parameter of a URL stands for.",
		Example: "url_decode_param('url+encoded%3F') = 'url encoded?'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			s, err := url.QueryUnescape(args[0].S)
			if err != nil || types.CheckUTF8(s) != nil {
				return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "\"%s\" is not encoded as a parameter of a URL", args[0].S)
			}
			return types.BytesDatum(s), nil
		}),
	},
	{
		Name: "url_extract_parameter", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "ksqlDB: the value of a parameter of a URL; NULL when there is none.",
		Example: "url_extract_parameter(" + urlExample + ", 'y') = '2'", Kernel: datums(urlParameter),
	},
	{
		Name: "url_extract_port", Args: list(types.Text), Returns: types.Int4, Doc: "ksqlDB: the port of a URL; NULL when there is none.",
		Example: "url_extract_port(" + urlExample + ") = 8080", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			if u, err := url.Parse(args[0].S); err == nil {
				if port, err := strconv.Atoi(u.Port()); err == nil {
					return types.FixedDatum(int64(port)), nil
				}
			}
			return types.Null, nil
		}),
	},
	{
		Name: "as_value", Args: list(types.AnyElement), Returns: types.AnyElement, Doc: "ksqlDB: the argument, as a column of the value.",
		Example: "as_value(5) = 5", Kernel: same,
	},
	{
		Name: "geo_distance", Args: list(types.Float8, types.Float8, types.Float8, types.Float8), Returns: types.Float8,
		Doc: "ksqlDB: kilometres between two points of the Earth, given as latitude, longitude, latitude, longitude in degrees.", Example: "(round(geo_distance(37.4439, -122.1663, 51.5257, -0.1122)::numeric)) = 8635",
		Kernel: datums(geoDistance),
	},
	{
		Name: "geo_distance", Args: list(types.Float8, types.Float8, types.Float8, types.Float8, types.Text), Returns: types.Float8,
		Doc: "ksqlDB: distance of two points of the Earth in KM or MI (MILES).", Example: "(round(geo_distance(37.4439, -122.1663, 51.5257, -0.1122, 'MI')::numeric)) = 5366",
		Kernel: datums(geoDistance),
	},
}, urlParts())

// urlParts are the functions that take a part out of a URL; NULL when it is absent or
// the text is no URL.
func urlParts() []Func {
	var out []Func
	for _, p := range []struct {
		name, doc, result string
		part              func(u *url.URL) string
	}{
		{"url_extract_protocol", "the scheme of a URL.", "http", func(u *url.URL) string { return u.Scheme }},
		{"url_extract_host", "the host of a URL.", "www.test.com", (*url.URL).Hostname},
		{"url_extract_path", "the path of a URL.", "/a/b", func(u *url.URL) string { return u.Path }},
		{"url_extract_query", "the query of a URL.", "x=1&y=2", func(u *url.URL) string { return unescaped(u.RawQuery) }},
		{"url_extract_fragment", "the fragment of a URL.", "frag", func(u *url.URL) string { return u.Fragment }},
	} {
		out = append(out, Func{
			Name: p.name, Args: list(types.Text), Returns: types.Text, Doc: "ksqlDB: " + p.doc,
			Example: p.name + "(" + urlExample + ") = '" + p.result + "'",
			Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
				u, err := url.Parse(args[0].S)
				if err != nil {
					return types.Null, nil //nolint:nilerr // what is no URL has no parts
				}
				s := p.part(u)
				if s == "" || types.CheckUTF8(s) != nil {
					return types.Null, nil
				}
				return types.BytesDatum(s), nil
			}),
		})
	}
	return out
}

// unescaped is a part with its escapes replaced, or as it is when they are malformed.
func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

func urlParameter(_ *Call, args []types.Datum) (types.Datum, error) {
	u, err := url.Parse(args[0].S)
	if err != nil {
		return types.Null, nil //nolint:nilerr // what is no URL has no parts
	}
	for _, pair := range strings.Split(u.RawQuery, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if unescaped(key) == args[1].S && pair != "" {
			s := unescaped(value)
			return types.BytesDatum(s), types.CheckUTF8(s)
		}
	}
	return types.Null, nil
}

func geoDistance(_ *Call, args []types.Datum) (types.Datum, error) {
	radius := 6371.0
	if len(args) > 4 {
		switch strings.ToUpper(args[4].S) {
		case "KM", "KILOMETER", "KILOMETERS":
		case "MI", "MILE", "MILES":
			radius = 3959
		default:
			return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "unit \"%s\" not recognized", args[4].S).
				WithHint("The units are KM and MI.")
		}
	}
	for k := range 4 {
		limit := 90.0
		if k%2 == 1 {
			limit = 180
		}
		if x := args[k].Float(); !(x >= -limit && x <= limit) {
			return types.Null, pgerr.Newf(pgerr.NumericValueOutOfRange, "coordinate %g is not between %g and %g", x, -limit, limit)
		}
	}
	rad := func(k int) float64 { return toRadians(args[k].Float()) }
	lat, lon := math.Sin((rad(2)-rad(0))/2), math.Sin((rad(3)-rad(1))/2)
	a := float64(lat*lat) + float64(math.Cos(rad(0))*math.Cos(rad(2))*lon*lon)
	return types.FloatDatum(2 * radius * math.Asin(math.Min(1, math.Sqrt(a)))), nil
}
