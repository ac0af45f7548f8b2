"""SQLAlchemy: tables by DDL, reflection, ORM round trip, streaming, with psycopg2, psycopg and asyncpg."""

import asyncio
import datetime as dt
import decimal
import uuid

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import create_async_engine

import check


def url(driver):
    return f"postgresql+{driver}://{check.USER}@{check.HOST}:{check.PORT}/{check.DATABASE}"


class Base(orm.DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "sa_customer"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(50), index=True, comment="who it is")
    balance: orm.Mapped[decimal.Decimal] = orm.mapped_column(sa.Numeric(12, 2), server_default="0")
    attrs: orm.Mapped[dict] = orm.mapped_column(pg.JSONB, nullable=True)
    tags: orm.Mapped[list] = orm.mapped_column(pg.ARRAY(sa.Text), nullable=True)
    made: orm.Mapped[dt.datetime] = orm.mapped_column(sa.DateTime(timezone=True), server_default=sa.func.now())
    key: orm.Mapped[uuid.UUID] = orm.mapped_column(pg.UUID(as_uuid=True), nullable=True)
    orders: orm.Mapped[list["Order"]] = orm.relationship(back_populates="customer", order_by="Order.id")


class Order(Base):
    __tablename__ = "sa_order"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    customer_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("sa_customer.id"))
    amount: orm.Mapped[decimal.Decimal] = orm.mapped_column(sa.Numeric(10, 2))
    state: orm.Mapped[str] = orm.mapped_column(sa.Enum("new", "paid", name="sa_state"), server_default="new")
    customer: orm.Mapped[Customer] = orm.relationship(back_populates="orders")


def reflect(engine):
    i = sa.inspect(engine)
    assert {"sa_customer", "sa_order"} <= set(i.get_table_names())
    columns = {c["name"]: c for c in i.get_columns("sa_customer")}
    assert isinstance(columns["balance"]["type"], sa.Numeric) and columns["balance"]["type"].precision == 12
    assert columns["name"]["type"].length == 50 and columns["name"]["comment"] == "who it is"
    assert isinstance(columns["tags"]["type"], pg.ARRAY) and columns["id"]["nullable"] is False
    assert i.get_pk_constraint("sa_order")["constrained_columns"] == ["id"]
    assert [x["column_names"] for x in i.get_indexes("sa_customer")] == [["name"]]
    foreign = i.get_foreign_keys("sa_order")
    assert [(f["constrained_columns"], f["referred_table"]) for f in foreign] == [(["customer_id"], "sa_customer")], foreign
    assert i.get_schema_names()
    assert "sa_view" in i.get_materialized_view_names()
    assert "sa_customer" in i.get_view_definition("sa_view")
    state = {c["name"]: c for c in i.get_columns("sa_order")}["state"]["type"]
    assert state.enums == ["new", "paid"], state
    metadata = sa.MetaData()
    metadata.reflect(engine, only=["sa_customer", "sa_order"])
    assert metadata.tables["sa_customer"].c.name.type.length == 50


def orm_round_trip(engine):
    with orm.Session(engine) as s:
        for i in range(1, 21):
            s.add(Customer(name=f"customer {i}", attrs={"i": i}, tags=["a", f"t{i}"], key=uuid.UUID(int=i),
                           orders=[Order(amount=decimal.Decimal(f"{i}.25")), Order(amount=1)]))
        s.commit()
    with orm.Session(engine) as s:
        c = s.scalars(sa.select(Customer).where(Customer.name == "customer 7")).one()
        assert c.balance == 0 and c.attrs == {"i": 7} and c.tags == ["a", "t7"] and c.key == uuid.UUID(int=7)
        assert c.made.tzinfo is not None
        assert [o.amount for o in c.orders] == [decimal.Decimal("7.25"), decimal.Decimal("1.00")]
        assert [o.state for o in c.orders] == ["new", "new"]
        c.orders[0].state = "paid"
        c.attrs = {"i": 7, "more": [1]}
        s.delete(c.orders[1])
        s.commit()
        rows = s.execute(
            sa.select(Customer.name, sa.func.sum(Order.amount)).join(Order).group_by(Customer.name)
            .having(sa.func.sum(Order.amount) > 19).order_by(Customer.name)).all()
        assert rows[0] == ("customer 18", decimal.Decimal("19.25")), rows
        joined = s.scalars(sa.select(Customer).options(orm.joinedload(Customer.orders)).order_by(Customer.id)).unique().all()
        assert len(joined) == 20 and len(joined[6].orders) == 1
        assert s.scalar(sa.select(sa.func.count()).select_from(Order).where(Order.state == "paid")) == 1
        assert s.scalar(sa.select(Customer.attrs["more"][0].as_integer()).where(Customer.id == joined[6].id)) == 1
        insert = pg.insert(Customer).values(id=joined[0].id, name="again")
        s.execute(insert.on_conflict_do_update(index_elements=["id"], set_={"name": insert.excluded.name}))
        assert s.get(Customer, joined[0].id, populate_existing=True).name == "again"
        s.rollback()
        try:
            s.execute(sa.text("SELECT nosuch"))
            raise AssertionError("no error")
        except sa.exc.ProgrammingError:
            s.rollback()


def stream(engine):
    with engine.connect() as c:
        result = c.execution_options(stream_results=True, max_row_buffer=7).execute(sa.select(Order.id))
        assert sum(1 for _ in result) == 39


for driver in ("psycopg2", "psycopg"):
    e = sa.create_engine(url(driver))
    with e.begin() as c:
        c.execute(sa.text("DROP MATERIALIZED VIEW IF EXISTS sa_view"))
    Base.metadata.drop_all(e)
    Base.metadata.create_all(e)
    Base.metadata.create_all(e)
    with e.begin() as c:
        c.execute(sa.text("CREATE MATERIALIZED VIEW sa_view AS SELECT count(*) AS n FROM sa_customer"))
    reflect(e)
    orm_round_trip(e)
    stream(e)
    with e.begin() as c:
        assert c.execute(sa.text("SELECT n FROM sa_view")).scalar() == 20
        c.execute(sa.text("DROP MATERIALIZED VIEW sa_view"))
    Base.metadata.drop_all(e)
    e.dispose()
    print("sqlalchemy", sa.__version__, driver, "ok")


async def with_asyncpg():
    e = create_async_engine(url("asyncpg"))
    async with e.begin() as c:
        await c.run_sync(Base.metadata.drop_all)
        await c.run_sync(Base.metadata.create_all)
        await c.execute(sa.insert(Customer).values([{"name": "x", "attrs": {"a": 1}}, {"name": "y"}]))
        assert (await c.execute(sa.select(Customer.name).order_by(Customer.name))).scalars().all() == ["x", "y"]
        await c.run_sync(Base.metadata.drop_all)
    await e.dispose()


asyncio.run(with_asyncpg())
print("sqlalchemy", sa.__version__, "asyncpg ok")
