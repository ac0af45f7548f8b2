"""asyncpg: binary everything, introspection of types, cursors, COPY binary, notifications, cancel."""

import asyncio
import datetime as dt
import json

import asyncpg

import check


async def fails(state, what):
    try:
        await what
    except asyncpg.PostgresError as e:
        assert e.sqlstate == state, f"got {e.sqlstate} ({e}), want {state}"
        return e
    raise AssertionError(f"no error, want {state}")


async def main():
    where = dict(host=check.HOST, port=check.PORT, user=check.USER, database=check.DATABASE)
    c = await asyncpg.connect(**where)
    assert c.get_server_version().major == 15
    await c.execute("DROP TABLE IF EXISTS apg CASCADE")
    await c.execute(check.create("apg"))
    names = [n for n, _, _ in check.COLUMNS]
    values = [json.dumps(v) if isinstance(v, dict) else v for v in check.values()]
    marks = ", ".join(f"${i + 2}" for i in range(len(names)))
    await c.execute(f"INSERT INTO apg (id, {', '.join(names)}) VALUES ($1, {marks})", 1, *values)
    row = await c.fetchrow("SELECT * FROM apg WHERE id = $1", 1)
    got = [json.loads(v) if n in ("j", "jb") else v for n, v in row.items()]
    check.compare(got)

    # prepared statements, types from Describe
    s = await c.prepare("SELECT id, n, ts FROM apg WHERE id = $1 AND t <> $2")
    assert [p.name for p in s.get_parameters()] == ["int4", "text"], s.get_parameters()
    assert [a.type.name for a in s.get_attributes()] == ["int4", "numeric", "timestamp"]
    assert len(await s.fetch(1, "x")) == 1
    await c.executemany("INSERT INTO apg (id, t) VALUES ($1, $2)", [(i, f"row {i}") for i in range(2, 301)])
    assert await c.fetchval("SELECT count(*) FROM apg") == 300

    # types the driver must look up: arrays, records, vectors, system types
    r = await c.fetchrow("SELECT ARRAY[1.5::numeric], ROW(1, 'x'::text), '1 2'::int2vector, 'pg_class'::regclass, "
                         "'{2020-01-01}'::date[], 'a'::name, 'c'::\"char\", 5::oid, '10.0.0.0/8'::cidr, "
                         "'::1'::inet, '08:00:2b:01:02:03'::macaddr")
    assert r[0] == [1.5] and tuple(r[1]) == (1, "x") and r[4] == [dt.date(2020, 1, 1)] and r[5] == "a", r
    assert str(r[8]) == "10.0.0.0/8" and str(r[9]) == "::1", r
    await c.fetch("SELECT c.*, a.attname, a.attacl FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LIMIT 10")

    # cursors and transactions
    async with c.transaction(isolation="repeatable_read", readonly=True):
        cur = await c.cursor("SELECT id FROM apg ORDER BY id")
        assert [r[0] for r in await cur.fetch(3)] == [1, 2, 3]
        await cur.forward(10)
        assert (await cur.fetchrow())[0] == 14
        n = 0
        async for _ in c.cursor("SELECT id FROM apg", prefetch=50):
            n += 1
        assert n == 300
    try:
        async with c.transaction():
            await c.execute("INSERT INTO apg (id) VALUES (1000)")
            async with c.transaction():
                await c.execute("INSERT INTO apg (id) VALUES (1001)")
                raise ValueError
    except ValueError:
        pass
    assert await c.fetchval("SELECT count(*) FROM apg WHERE id >= 1000") == 0

    # COPY
    import io
    assert await c.copy_records_to_table("apg", columns=["id", "t", "n"], records=[(2001, "x", 1.5), (2002, None, None)]) == "COPY 2"
    out = io.BytesIO()
    await c.copy_from_query("SELECT id, t, n FROM apg WHERE id > $1 ORDER BY id", 2000, output=out)
    assert out.getvalue() == b"2001\tx\t1.5000\n2002\t\\N\t\\N\n", out.getvalue()
    assert await c.copy_to_table("apg", source=io.BytesIO(b"2003,y\n"), columns=["id", "t"], format="csv") == "COPY 1"

    # errors, cancel, time-out
    await fails("22012", c.fetch("SELECT 1/0"))
    await fails("42P01", c.fetch("SELECT * FROM nosuch"))
    await fails("23505", c.execute("INSERT INTO apg (id) VALUES (1)"))
    try:
        await c.fetch("SELECT pg_sleep(30)", timeout=0.3)
        raise AssertionError("no timeout")
    except asyncio.TimeoutError:
        pass
    assert await c.fetchval("SELECT 1") == 1

    # a push query through a portal
    await c.execute("DROP MATERIALIZED VIEW IF EXISTS apg_count")
    await c.execute("CREATE MATERIALIZED VIEW apg_count AS SELECT count(*) AS n FROM apg")
    async with c.transaction():
        seen = []
        try:
            async for row in c.cursor("SUBSCRIBE apg_count", prefetch=1, timeout=2):
                seen.append(tuple(row))
                if len(seen) == 1:
                    break
        except asyncio.TimeoutError:
            pass
        assert seen, seen

    # a pool resets its connections
    pool = await asyncpg.create_pool(min_size=1, max_size=3, **where)
    async with pool.acquire() as d:
        assert await d.fetchval("SELECT count(*) FROM apg") == 303
    async with pool.acquire() as d:
        await d.execute("SET search_path = pg_catalog")
    async with pool.acquire() as d:
        assert await d.fetchval("SHOW search_path") == '"$user", public'
    await pool.close()
    await c.execute("DROP MATERIALIZED VIEW apg_count")
    await c.execute("DROP TABLE apg")
    await c.reset()
    await c.close()


asyncio.run(main())
print("asyncpg", asyncpg.__version__, "ok")
