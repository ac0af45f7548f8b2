"""psycopg2: simple protocol, named cursors, COPY, execute_values, cancel, notices."""

import io
import threading

import psycopg2
import psycopg2.extras

import check

dsn = dict(host=check.HOST, port=check.PORT, user=check.USER, dbname=check.DATABASE)
psycopg2.extras.register_uuid()


def code(e):
    return e.pgcode


c = psycopg2.connect(**dsn)
assert c.server_version // 10000 == 15, c.server_version
assert c.encoding == "UTF8" and c.get_parameter_status("integer_datetimes") == "on"
cur = c.cursor()
cur.execute("DROP TABLE IF EXISTS p2 CASCADE")
cur.execute(check.create("p2"))
c.commit()

# all types, as literals
names = ["id"] + [n for n, _, _ in check.COLUMNS]
adapted = [psycopg2.extras.Json(v) if isinstance(v, dict) else v for v in check.values()]
cur.execute(f"INSERT INTO p2 ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))}) RETURNING id", [1] + adapted)
assert cur.fetchone() == (1,)
cur.execute("SELECT * FROM p2 WHERE id = %s", (1,))
check.compare(cur.fetchone())
assert [d.name for d in cur.description] == names
assert cur.description[7].precision == 20 and cur.description[7].scale == 4
c.commit()

# many rows, named cursors
psycopg2.extras.execute_values(cur, "INSERT INTO p2 (id, t) VALUES %s", [(i, f"row {i}") for i in range(2, 1001)], page_size=300)
psycopg2.extras.execute_batch(cur, "UPDATE p2 SET i4 = %s WHERE id = %s", [(i, i) for i in range(2, 50)])
c.commit()
named = c.cursor("big", scrollable=True)
named.itersize = 100
named.execute("SELECT id FROM p2 ORDER BY id")
assert [r[0] for r in named] == list(range(1, 1001))
named.scroll(0, mode="absolute")
assert named.fetchone() == (1,)
named.scroll(10)
assert named.fetchone() == (12,)
named.close()
hold = c.cursor("held", withhold=True)
hold.execute("SELECT id FROM p2 ORDER BY id")
c.commit()
assert hold.fetchmany(3) == [(1,), (2,), (3,)]
hold.close()
c.commit()

# COPY both ways
cur.copy_expert("COPY p2 (id, t) FROM STDIN WITH CSV", io.StringIO('1001,"a,b"\n1002,\n'))
cur.copy_from(io.StringIO("1003\tx\\ty\n1004\t\\N\n"), "p2", columns=("id", "t"))
out = io.StringIO()
cur.copy_expert("COPY (SELECT id, t FROM p2 WHERE id > 1000 ORDER BY id) TO STDOUT", out)
assert out.getvalue() == "1001\ta,b\n1002\t\\N\n1003\tx\\ty\n1004\t\\N\n", out.getvalue()
c.commit()

# errors and transactions
e = check.expect("22012", code, lambda: cur.execute("SELECT 1/0"))
check.expect("25P02", code, lambda: cur.execute("SELECT 1"))
c.rollback()
e = check.expect("42703", code, lambda: cur.execute("SELECT nosuch FROM p2"))
assert e.diag.statement_position == "8", e.diag.statement_position
c.rollback()
e = check.expect("23505", code, lambda: cur.execute("INSERT INTO p2 (id) VALUES (1)"))
assert e.diag.constraint_name == "p2_pkey" and e.diag.table_name == "p2", (e.diag.constraint_name, e.diag.table_name)
c.rollback()
check.expect("42P01", code, lambda: cur.execute("SELECT * FROM nosuch"))
c.rollback()
cur.execute("SAVEPOINT s")
cur.execute("INSERT INTO p2 (id) VALUES (5000)")
cur.execute("ROLLBACK TO SAVEPOINT s")
cur.execute("SELECT count(*) FROM p2 WHERE id = 5000")
assert cur.fetchone() == (0,)
c.rollback()
c.set_session(isolation_level="REPEATABLE READ", readonly=True)
check.expect("25006", code, lambda: cur.execute("INSERT INTO p2 (id) VALUES (6000)"))
c.rollback()
c.set_session(isolation_level="READ COMMITTED", readonly=False)
c.rollback()

# cancel
threading.Timer(0.3, c.cancel).start()
check.expect("57014", code, lambda: cur.execute("SELECT pg_sleep(30)"))
c.rollback()

# a push query by COPY, ended by cancel
cur.execute("DROP MATERIALIZED VIEW IF EXISTS p2_count")
cur.execute("CREATE MATERIALIZED VIEW p2_count AS SELECT count(*) AS n FROM p2")
c.commit()


class Sink:
    """takes the first change, then cancels"""

    text = ""

    def write(self, s):
        self.text += s.decode() if isinstance(s, bytes) else s
        if "1004" in self.text:
            c.cancel()


sink = Sink()
check.expect("57014", code, lambda: cur.copy_expert("COPY (SUBSCRIBE p2_count) TO STDOUT", sink))
c.rollback()

# notices, notifications' statements, two-phase commit is refused
c.autocommit = True
cur.execute("DROP TABLE IF EXISTS nosuch")
assert "does not exist, skipping" in c.notices[-1], c.notices
cur.execute("LISTEN ch")
cur.execute("UNLISTEN *")
cur.execute("DROP MATERIALIZED VIEW p2_count")
cur.execute("DROP TABLE p2")
c.reset()
c.close()
print("psycopg2", psycopg2.__version__, "ok")
