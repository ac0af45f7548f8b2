"""What the scripts of all Python clients share: the table of all types and its values."""

import datetime as dt
import decimal
import os
import uuid

HOST = os.environ.get("MILLRACE_HOST", "127.0.0.1")
PORT = int(os.environ.get("MILLRACE_PORT", "7432"))
USER = os.environ.get("MILLRACE_USER", "millrace")
DATABASE = os.environ.get("MILLRACE_DATABASE", "millrace")

UTC = dt.timezone.utc

# name, SQL type, a value as Python drivers give it
COLUMNS = [
    ("b", "boolean", True),
    ("i2", "smallint", -32768),
    ("i4", "integer", 2147483647),
    ("i8", "bigint", -9223372036854775808),
    ("f4", "real", 1.5),
    ("f8", "double precision", -2.25e300),
    ("n", "numeric(20,4)", decimal.Decimal("-12345678901234.5678")),
    ("t", "text", "grüße, 'quoted' \\ \n 水"),
    ("v", "varchar(20)", "varchar"),
    ("c", "char(5)", "ab   "),
    ("y", "bytea", b"\x00\x01\xff\\'"),
    ("d", "date", dt.date(2024, 2, 29)),
    ("tm", "time", dt.time(23, 59, 59, 999999)),
    ("ts", "timestamp", dt.datetime(1999, 12, 31, 23, 59, 59, 123456)),
    ("tz", "timestamptz", dt.datetime(2024, 7, 1, 12, 0, tzinfo=UTC)),
    ("iv", "interval", dt.timedelta(days=3, hours=4, microseconds=5)),
    ("u", "uuid", uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
    ("j", "json", {"a": [1, None, "x"]}),
    ("jb", "jsonb", {"a": [1, None, "x"], "b": {"c": 1.5}}),
    ("ai", "integer[]", [1, None, 3]),
    ("at", "text[]", ["a", 'b"c', "NULL", "{}"]),
]


def create(name):
    columns = ", ".join(f"{c} {t}" for c, t, _ in COLUMNS)
    return f"CREATE TABLE {name} (id integer PRIMARY KEY, {columns})"


def values():
    return [v for _, _, v in COLUMNS]


def compare(row, but=()):
    """row is (id, values...)"""
    assert len(row) == len(COLUMNS) + 1, row
    for (name, _, want), got in zip(COLUMNS, list(row)[1:]):
        if name in but:
            continue
        if isinstance(got, memoryview):
            got = bytes(got)
        assert got == want, f"column {name}: got {got!r}, want {want!r}"


def expect(code, get_code, call):
    """call fails with the SQLSTATE"""
    try:
        call()
    except Exception as e:  # noqa: BLE001
        assert get_code(e) == code, f"got {get_code(e)} ({e}), want {code}"
        return e
    raise AssertionError(f"no error, want {code}")
