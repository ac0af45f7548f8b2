CREATE SCHEMA app;
CREATE TABLE public.customers (
  id bigint PRIMARY KEY,
  email varchar(200) NOT NULL,
  name text,
  balance numeric(12,2) DEFAULT 0 NOT NULL CHECK (balance >= 0),
  active boolean DEFAULT true,
  born date,
  created_at timestamptz DEFAULT now(),
  updated_at timestamp(3),
  tags text[],
  attrs jsonb,
  rating double precision,
  score real,
  small smallint,
  t time, d interval, u uuid DEFAULT gen_random_uuid(), b bytea, m text, c char(3)
);
COMMENT ON TABLE customers IS 'people who buy';
COMMENT ON COLUMN customers.email IS 'login email';
CREATE TABLE public.orders (
  id integer PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
  placed_at timestamptz NOT NULL DEFAULT now(),
  amount numeric(10,2) NOT NULL,
  status text DEFAULT 'new'::text,
  total2 numeric,
  CONSTRAINT amount_positive CHECK (amount > 0)
);
CREATE INDEX orders_customer_idx ON orders (customer_id, placed_at DESC);
CREATE TABLE public.order_items (order_id int REFERENCES orders(id), line int, sku text, qty int, PRIMARY KEY (order_id, line));
CREATE TABLE app."Mixed Case" ("Id" int primary key, "select" text, note text collate "C");
CREATE VIEW public.order_totals AS SELECT c.email, count(*) AS n, sum(o.amount) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.email;
CREATE MATERIALIZED VIEW public.daily AS SELECT date_trunc('day', placed_at) AS day, sum(amount) AS total FROM orders GROUP BY 1;
CREATE INDEX daily_day ON daily(day);
CREATE TABLE public.events (id bigint, ts timestamptz not null, v int);
CREATE TABLE public.events_2024 (id bigint, ts timestamptz not null, v int);
CREATE TABLE public.parent (a int);
CREATE TABLE public.child (a int, b int);
INSERT INTO customers(id,email,name,tags,attrs,born) SELECT i,'u'||i||'@x.com','User '||i, ARRAY['a','b'], '{"k":1}', '2000-01-01' FROM generate_series(1,20) i;
INSERT INTO orders(id,customer_id, amount) SELECT i,i, i*1.5+1 FROM generate_series(1,20) i;
CREATE TABLE public.alembic_version (version_num text);
CREATE TABLE public.ar_internal_metadata (key text, value text, created_at timestamp, updated_at timestamp);
CREATE TABLE public.auth_group (id int, name text);
CREATE TABLE public.auth_group_permissions (id int, group_id int, permission_id int);
CREATE TABLE public.auth_permission (id int, name text, content_type_id int, codename text);
CREATE TABLE public.auth_user (id int, password text, last_login timestamptz, is_superuser boolean, username text, first_name text, last_name text, email text, is_staff boolean, is_active boolean, date_joined timestamptz);
CREATE TABLE public.auth_user_groups (id int, user_id int, group_id int);
CREATE TABLE public.auth_user_user_permissions (id int, user_id int, permission_id int);
CREATE TABLE public.django_content_type (id int, app_label text, model text);
CREATE TABLE public.django_migrations (id int, app text, name text, applied timestamptz);
CREATE TABLE public.knex_migrations (id int, name text, batch int, migration_time timestamptz);
CREATE TABLE public.knex_migrations_lock (index int, is_locked int);
CREATE TABLE public.migrations (id int, "timestamp" bigint, name text);
CREATE TABLE public.pd_t (a int, b text);
CREATE TABLE public.schema_migrations (version text);
