"""psycopg 3: extended protocol, text and binary, pipeline, server cursors, COPY in both forms."""

import threading

import psycopg
from psycopg import pq, sql
from psycopg.types.json import Json, Jsonb

import check


def code(e):
    return e.sqlstate


c = psycopg.connect(host=check.HOST, port=check.PORT, user=check.USER, dbname=check.DATABASE)
assert c.info.server_version // 10000 == 15
c.execute("DROP TABLE IF EXISTS p3 CASCADE")
c.execute(check.create("p3"))
c.commit()

wrapped = [Jsonb(v) if t == "jsonb" else Json(v) if t == "json" else v for _, t, v in check.COLUMNS]
names = [n for n, _, _ in check.COLUMNS]
insert = sql.SQL("INSERT INTO p3 (id, {}) VALUES ({}) RETURNING id").format(
    sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join([sql.Placeholder()] * (len(names) + 1)))
assert c.execute(insert, [1] + wrapped).fetchone() == (1,)

# parameters and results in both forms; also when prepared
binary_insert = sql.SQL("INSERT INTO p3 (id, {}) VALUES (%b, {})").format(
    sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join([sql.SQL("%b")] * len(names)))
c.execute(binary_insert, [2] + wrapped)
for binary in (False, True):
    for i in (1, 2):
        for prepare in (False, True):
            cur = c.cursor(binary=binary)
            cur.execute("SELECT * FROM p3 WHERE id = %s", (i,), prepare=prepare)
            assert cur.pgresult.fformat(0) == (pq.Format.BINARY if binary else pq.Format.TEXT)
            check.compare(cur.fetchone())
for i in range(20):
    assert c.execute("SELECT id FROM p3 WHERE id = %s", (1,)).fetchone() == (1,)
c.commit()

# executemany runs as a pipeline
with c.cursor() as cur:
    cur.executemany("INSERT INTO p3 (id, t) VALUES (%s, %s)", [(i, f"row {i}") for i in range(3, 501)])
c.commit()
with c.pipeline() as p:
    one = c.execute("SELECT count(*) FROM p3 WHERE id <= %s", (10,))
    c.execute("UPDATE p3 SET i4 = id WHERE id = %s", (7,))
    two = c.execute("SELECT i4 FROM p3 WHERE id = 7")
    p.sync()
    assert one.fetchone() == (10,) and two.fetchone() == (7,)
try:
    with c.pipeline():
        c.execute("SELECT 1/0")
        c.execute("SELECT 1")
    raise AssertionError("no error")
except psycopg.errors.DivisionByZero:
    pass
c.rollback()

# server cursors
with c.cursor("sc", scrollable=True) as cur:
    cur.itersize = 50
    cur.execute("SELECT id FROM p3 ORDER BY id")
    assert [r[0] for r in cur] == list(range(1, 501))
    cur.scroll(99, mode="absolute")
    assert cur.fetchone() == (100,)
with c.cursor("wh", withhold=True) as cur:
    cur.execute("SELECT id FROM p3 ORDER BY id")
    c.commit()
    assert cur.fetchmany(2) == [(1,), (2,)]
c.commit()
with c.cursor() as cur:
    assert sum(1 for _ in cur.stream("SELECT id FROM p3")) == 500

# COPY, text and binary
with c.cursor() as cur:
    with cur.copy("COPY p3 (id, t, ai) FROM STDIN") as copy:
        copy.write_row((1001, "tab\tnl\n\\", [1, None]))
        copy.write_row((1002, None, None))
    with cur.copy("COPY p3 (id, t, f8) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "text", "float8"])
        copy.write_row((1003, "binary", 2.5))
    with cur.copy("COPY (SELECT id, t, f8 FROM p3 WHERE id > 1000 ORDER BY id) TO STDOUT (FORMAT BINARY)") as copy:
        copy.set_types(["int4", "text", "float8"])
        assert list(copy.rows()) == [(1001, "tab\tnl\n\\", None), (1002, None, None), (1003, "binary", 2.5)]
    with cur.copy("COPY (SELECT id, t FROM p3 WHERE id > 1000 ORDER BY id) TO STDOUT") as copy:
        assert b"".join(copy) == b"1001\ttab\\tnl\\n\\\\\n1002\t\\N\n1003\tbinary\n"
    try:
        with cur.copy("COPY p3 (id) FROM STDIN") as copy:
            copy.write_row((2000,))
            raise ValueError("stop")
    except ValueError:
        pass
c.rollback()

# errors, nested transactions, two-phase
e = check.expect("42601", code, lambda: c.execute("SELEC 1"))
assert e.diag.statement_position == "1"
c.rollback()
check.expect("22P02", code, lambda: c.execute("SELECT %s::int", ("x",)))
c.rollback()
check.expect("23502", code, lambda: c.execute("INSERT INTO p3 (id) VALUES (NULL)"))
c.rollback()
with c.transaction():
    c.execute("INSERT INTO p3 (id) VALUES (3000)")
    try:
        with c.transaction():
            c.execute("INSERT INTO p3 (id) VALUES (3001)")
            raise psycopg.Rollback()
    except psycopg.Rollback:
        pass
    assert c.execute("SELECT count(*) FROM p3 WHERE id >= 3000").fetchone() == (1,)
threading.Timer(0.3, c.cancel).start()
check.expect("57014", code, lambda: c.execute("SELECT pg_sleep(30)"))
c.rollback()

# a push query
c.execute("DROP MATERIALIZED VIEW IF EXISTS p3_count")
c.execute("CREATE MATERIALIZED VIEW p3_count AS SELECT count(*) AS n FROM p3")
c.commit()
other = psycopg.connect(host=check.HOST, port=check.PORT, user=check.USER, dbname=check.DATABASE, autocommit=True)
seen = []
try:
    for row in c.cursor().stream("SUBSCRIBE p3_count"):
        seen.append(row)
        if len(seen) == 1:
            other.execute("INSERT INTO p3 (id) VALUES (4000)")
        if row[1] == "insert" and len(seen) > 2 and row[-1] is not None:
            c.cancel()
except psycopg.errors.QueryCanceled:
    pass
assert len(seen) >= 3, seen
c.rollback()

# types that the driver asks the catalog for
from psycopg.types import TypeInfo  # noqa: E402

info = TypeInfo.fetch(c, "numeric")
assert info.oid == 1700 and info.array_oid == 1231, info
other.execute("DROP MATERIALIZED VIEW p3_count")
c.rollback()
other.execute("DROP TABLE p3")
other.close()
c.close()
print("psycopg", psycopg.__version__, "ok")
