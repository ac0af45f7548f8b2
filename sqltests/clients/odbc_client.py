"""psqlODBC through pyodbc: catalog functions, all types, cursors by DECLARE and FETCH, arrays of parameters."""

import datetime as dt
import decimal
import threading
import time
import uuid

import pyodbc

import check

pyodbc.pooling = False


def connect(options=""):
    return pyodbc.connect(f"Driver={{PostgreSQL Unicode}};Server={check.HOST};Port={check.PORT};Database={check.DATABASE};"
                          f"Uid={check.USER};{options}")


def code(e):
    return e.args[0]


for options in ("", "UseDeclareFetch=1;Fetch=50", "UseServerSidePrepare=0", "Protocol=7.4-2", "Protocol=7.4-0"):
    c = connect(options)
    assert c.getinfo(pyodbc.SQL_DBMS_NAME) == "PostgreSQL" and c.getinfo(pyodbc.SQL_DBMS_VER).startswith("15.")
    k = c.cursor()
    k.execute("DROP TABLE IF EXISTS od CASCADE")
    k.execute("CREATE TABLE od (id integer PRIMARY KEY, b boolean, i2 smallint, i8 bigint, f8 double precision, n numeric(20,4), "
              "t text, v varchar(20), y bytea, d date, tm time, ts timestamp, u uuid)")
    k.execute("CREATE INDEX od_t ON od (t)")
    row = [1, True, -5, 9007199254740993, 1.5e300, decimal.Decimal("-1234.5678"), "grüße 水", "v", b"\x00\x01\xff",
           dt.date(2024, 2, 29), dt.time(23, 59, 59), dt.datetime(1999, 12, 31, 23, 59, 59, 123456), uuid.UUID(int=7)]
    k.execute("INSERT INTO od VALUES (" + ", ".join("?" * len(row)) + ")", row)
    c.commit()
    got = list(k.execute("SELECT * FROM od WHERE id = ?", 1).fetchone())
    got[1] = got[1] in (True, "1")
    got[-1] = uuid.UUID(str(got[-1]))
    assert got == row, (got, row)
    k.executemany("INSERT INTO od (id, t) VALUES (?, ?)", [(i, f"row {i}") for i in range(2, 301)])
    c.commit()
    assert [r[0] for r in k.execute("SELECT id FROM od ORDER BY id")] == list(range(1, 301))
    # catalog functions
    assert "od" in [r.table_name for r in k.tables(schema="public", tableType="TABLE")]
    assert [r.column_name for r in k.columns(table="od")][:2] == ["id", "b"]
    assert [r.column_name for r in k.primaryKeys(table="od")] == ["id"]
    assert "od_t" in [r.index_name for r in k.statistics(table="od")]
    list(k.foreignKeys(table="od"))
    list(k.foreignKeys(foreignTable="od"))
    list(k.rowIdColumns(table="od"))
    list(k.rowVerColumns(table="od"))
    list(k.procedures())
    list(k.procedureColumns())
    assert len(list(k.getTypeInfo())) > 10
    # errors leave the transaction usable or not, as the driver is set
    check.expect("22012", code, lambda: k.execute("SELECT 1/0"))
    c.rollback()
    check.expect("42P01", code, lambda: k.execute("SELECT * FROM nosuch"))
    c.rollback()
    check.expect("23505", code, lambda: k.execute("INSERT INTO od (id) VALUES (1)"))
    c.rollback()
    # cancel
    def stop():
        time.sleep(0.3)
        k.cancel()
    threading.Thread(target=stop).start()
    check.expect("57014", code, lambda: k.execute("SELECT pg_sleep(30)"))
    c.rollback()
    k.execute("DROP TABLE od CASCADE")
    c.commit()
    c.close()
print("psqlODBC", "ok")
