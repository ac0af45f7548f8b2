package planner

import (
	"strings"
	"testing"

	"millrace/sql"
)

// BenchmarkQuery plans a look-up by key, a join with aggregation, and a correlated
// sub-query; parsing is not counted.
func BenchmarkQuery(b *testing.B) {
	w := newWorld(b)
	w.ddl(schemaScript)
	for name, text := range map[string]string{
		"key":        "SELECT name, salary FROM emp WHERE id = $1",
		"join":       "SELECT d.title, count(*), sum(e.salary) FROM emp e JOIN dept d ON e.dept = d.id WHERE d.city = 'x' GROUP BY d.title ORDER BY 2 DESC LIMIT 10",
		"correlated": "SELECT name FROM emp e WHERE salary > (SELECT avg(salary) FROM emp b WHERE b.dept = e.dept)",
	} {
		b.Run(name, func(b *testing.B) {
			stmt, err := sql.ParseOne(text)
			if err != nil {
				b.Fatal(err)
			}
			q, snap, o := stmt.(*sql.SelectStmt).Query, w.cat.Current(), w.options()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Query(q, snap, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("insert", func(b *testing.B) {
		stmt, err := sql.ParseOne("INSERT INTO emp (id, name, dept) VALUES ($1, $2, $3)")
		if err != nil {
			b.Fatal(err)
		}
		ins, snap, o := stmt.(*sql.Insert), w.cat.Current(), w.options()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Insert(ins, snap, o); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("insert-1000-rows", func(b *testing.B) {
		row := ", (1, 'some name', 7, 12.50, NULL, '2020-01-01')"
		text := "INSERT INTO emp VALUES" + strings.Repeat(row, 1000)[1:]
		stmt, err := sql.ParseOne(text)
		if err != nil {
			b.Fatal(err)
		}
		ins, snap, o := stmt.(*sql.Insert), w.cat.Current(), w.options()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Insert(ins, snap, o); err != nil {
				b.Fatal(err)
			}
		}
	})
}
