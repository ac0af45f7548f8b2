// node-postgres: queries, named statements, types, cursors by hand, COPY is not in the
// core driver, notifications, cancel by another connection, pool.
const { Client, Pool, types } = require("pg");
const assert = require("assert");

const where = {
  host: process.env.MILLRACE_HOST || "127.0.0.1",
  port: +(process.env.MILLRACE_PORT || 7432),
  user: process.env.MILLRACE_USER || "millrace",
  database: process.env.MILLRACE_DATABASE || "millrace",
};

async function fails(code, promise) {
  try {
    await promise;
  } catch (e) {
    assert.strictEqual(e.code, code, `got ${e.code} (${e.message}), want ${code}`);
    return e;
  }
  assert.fail("no error, want " + code);
}

async function main() {
  const c = new Client(where);
  await c.connect();
  await c.query("DROP TABLE IF EXISTS np CASCADE");
  await c.query(`CREATE TABLE np (id int PRIMARY KEY, b boolean, i2 smallint, i8 bigint, f8 double precision, n numeric(12,3),
    t text, v varchar(10), y bytea, d date, tm time, tz timestamptz, iv interval, u uuid, jb jsonb, ai int[], at text[])`);
  const row = [1, true, -5, "9007199254740993", 1.5e300, "12.345", "grüße 'q' \\", "v", Buffer.from([0, 1, 255]), "2024-02-29",
    "12:34:56.789", new Date("2024-07-01T12:00:00Z"), "1 day 02:03:04", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    JSON.stringify({ a: [1, null] }), [1, null, 3], ["x", 'y"z']];
  const marks = row.map((_, i) => "$" + (i + 1)).join(", ");
  const r = await c.query(`INSERT INTO np VALUES (${marks}) RETURNING *`, row);
  assert.strictEqual(r.command, "INSERT");
  assert.strictEqual(r.rowCount, 1);
  const g = (await c.query({ name: "one", text: "SELECT * FROM np WHERE id = $1", values: [1] })).rows[0];
  for (let i = 0; i < 10; i++) await c.query({ name: "one", text: "SELECT * FROM np WHERE id = $1", values: [1] });
  assert.strictEqual(g.b, true);
  assert.strictEqual(g.i8, "9007199254740993");
  assert.strictEqual(g.f8, 1.5e300);
  assert.strictEqual(g.n, "12.345");
  assert.deepStrictEqual([...g.y], [0, 1, 255]);
  assert.strictEqual(g.tz.toISOString(), "2024-07-01T12:00:00.000Z");
  assert.strictEqual(g.iv.days, 1);
  assert.deepStrictEqual(g.jb, { a: [1, null] });
  assert.deepStrictEqual(g.ai, [1, null, 3]);
  assert.deepStrictEqual(g.at, ["x", 'y"z']);
  // binary results; the driver takes bytes above 127 for text
  const bin = await c.query({ text: "SELECT id, b, v, 5::int8 AS i8 FROM np WHERE id = $1", values: [1], binary: true });
  assert.deepStrictEqual({ ...bin.rows[0] }, { id: 1, b: true, v: "v", i8: "5" });
  // several statements, row mode, parameters in arrays
  const many = await c.query("SELECT 1 AS a; SELECT 2 AS b, 'x' AS c");
  assert.deepStrictEqual(many.map((m) => ({ ...m.rows[0] })), [{ a: 1 }, { b: 2, c: "x" }]);
  assert.deepStrictEqual((await c.query({ text: "SELECT 1, 2", rowMode: "array" })).rows, [[1, 2]]);
  await c.query("INSERT INTO np (id, t) SELECT i, 'row ' || i FROM generate_series(2, 500) i");
  assert.strictEqual((await c.query("SELECT count(*)::int AS n FROM np WHERE id = ANY($1)", [[1, 2, 900]])).rows[0].n, 2);
  // transaction, cursor
  await c.query("BEGIN");
  await c.query("DECLARE k CURSOR FOR SELECT id FROM np ORDER BY id");
  assert.strictEqual((await c.query("FETCH 100 FROM k")).rows.length, 100);
  await c.query("CLOSE k");
  await c.query("SAVEPOINT s");
  await fails("22012", c.query("SELECT 1/0"));
  await c.query("ROLLBACK TO SAVEPOINT s");
  await c.query("COMMIT");
  const e = await fails("42703", c.query("SELECT nosuch FROM np"));
  assert.strictEqual(e.position, "8");
  await fails("23505", c.query("INSERT INTO np (id) VALUES (1)"));
  // cancel
  const other = new Client(where);
  await other.connect();
  setTimeout(() => other.query("SELECT pg_cancel_backend($1)", [c.processID]), 300);
  await fails("57014", c.query("SELECT pg_sleep(30)"));
  // a push query, in portions of a cursor
  await c.query("CREATE MATERIALIZED VIEW np_count AS SELECT count(*) AS n FROM np");
  await c.query("BEGIN");
  await c.query("DECLARE p CURSOR FOR SUBSCRIBE np_count");
  let seen = [];
  while (!seen.some((x) => x.n === "500")) seen = seen.concat((await c.query("FETCH 1 FROM p")).rows);
  await other.query("INSERT INTO np (id) VALUES (1000)");
  while (!seen.some((x) => x.n === "501")) seen = seen.concat((await c.query("FETCH 1 FROM p")).rows);
  await c.query("ROLLBACK");
  // notifications
  const told = new Promise((resolve) => c.on("notification", resolve));
  await c.query("LISTEN np_channel");
  await other.query("NOTIFY np_channel, 'hello'");
  const n = await told;
  assert.strictEqual(n.payload, "hello");
  const pool = new Pool({ ...where, max: 5 });
  const sums = await Promise.all([...Array(50).keys()].map((i) => pool.query("SELECT $1::int + 1 AS x", [i])));
  assert.strictEqual(sums[49].rows[0].x, 50);
  await pool.end();
  await c.query("DROP TABLE np CASCADE");
  await other.end();
  await c.end();
  console.log("node-postgres", require("pg/package.json").version, "ok");
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
