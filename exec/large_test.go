package exec_test

import (
	"testing"

	"millrace/server"
)

// One statement may write more than a record batch holds.
func TestLargeWrites(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int, v text); CREATE TABLE t (k int PRIMARY KEY, v text); CREATE TABLE l (v text)`)
		for _, into := range []string{`s SELECT i,`, `t SELECT i,`, `l SELECT`} {
			db.must(`INSERT INTO ` + into + ` repeat(md5(i::text), 150) FROM generate_series(1, 16000) AS g(i)`)
		}
		db.want(`SELECT count(*), sum(length(v)) FROM s`, "16000|76800000")
		db.want(`SELECT count(*), sum(length(v)) FROM t`, "16000|76800000")
		db.want(`SELECT count(*), sum(length(v)) FROM l`, "16000|76800000")
		// A single row has its limit in the log.
		db.fails(`INSERT INTO s SELECT 1, string_agg(md5(i::text), '') FROM generate_series(1, 2200000) AS g(i)`, "54000")
		db.want(`SELECT count(*) FROM s`, "16000")
	})
}
