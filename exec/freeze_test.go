package exec_test

import (
	"testing"

	"millrace/catalog"
	"millrace/server"
)

// While a relation is frozen its writers are refused, and nobody else.
func TestFreeze(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		c := n.connect()
		c.must(`CREATE TABLE a (v int); CREATE TABLE b (v int)`)
		c.must(`INSERT INTO a VALUES (1)`)
		var id catalog.ObjectID
		if err := c.QueryRow(t.Context(), `SELECT 'a'::regclass::oid::int8`).Scan(&id); err != nil {
			t.Fatal(err)
		}
		thaw := n.engine().Freeze(id)
		c.fails(`INSERT INTO a VALUES (2)`, "40001")
		c.fails(`UPDATE a SET v = 3`, "40001")
		c.must(`INSERT INTO b VALUES (2)`)
		c.want(`SELECT v FROM a`, "1")
		thaw()
		c.must(`INSERT INTO a VALUES (2)`)
		c.want(`SELECT count(*) FROM a`, "2")
	})
}
