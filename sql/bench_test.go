package sql

import (
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	row := "(12345, 'some text', 3.14, true, '2020-01-01 00:00:00')"
	for name, text := range map[string]string{
		"select_1":    "select 1",
		"point":       "select v from t where id = $1",
		"insert_1":    "insert into t (a, b, c) values ($1, $2, $3)",
		"insert_1000": "insert into t values " + row + strings.Repeat(", "+row, 999),
		"update":      "update t set v = v + 1 where id = 42",
		"join": `select c.name, count(*) as n, sum(o.amount) from customers c left join orders o on o.customer_id = c.id
			where c.region in ('eu', 'us') and o.at >= now() - interval '1 day' group by c.name having count(*) > 3
			order by n desc nulls last limit 10`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
