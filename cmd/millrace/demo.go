package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

func runDemo(ctx context.Context, args []string) error {
	fs := newFlags("demo", "Starts a server in a temporary directory with a generator of orders, and shows a\nmaterialized view change. Nothing is kept.")
	listen := fs.String("listen", "127.0.0.1:7432", "address for PostgreSQL clients")
	rate := fs.Int("rate", 20, "orders per second")
	seconds := fs.Int("seconds", 0, "stop after so many seconds; 0 runs until Ctrl-C")
	if err := errors.Join(parseFlags(fs, args), noArguments(fs)); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "millrace-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if *seconds > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, time.Duration(*seconds)*time.Second)
		defer stop()
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	n, err := startNode(ctx, startFlags{dir: dir, listen: *listen, connections: 100}, log, nil)
	if err != nil {
		return err
	}
	defer func() { _ = n.stop(2 * time.Second) }()
	if err := demo(ctx, n.sql.Addr().String(), *rate); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

const demoSchema = `
CREATE TABLE products (id int4 PRIMARY KEY, name text NOT NULL, price numeric(8,2) NOT NULL);
INSERT INTO products VALUES (1, 'millstone', 120.00), (2, 'flour', 1.80), (3, 'water wheel', 950.00),
                            (4, 'sack', 0.90), (5, 'gear', 35.50);
CREATE STREAM orders (id int8, product int4, quantity int4, at timestamptz,
  WATERMARK FOR at AS at - INTERVAL '5 seconds')
  WITH (connector = 'datagen', rate = %d, fields.id.kind = 'sequence',
        fields.product.min = 1, fields.product.max = 5, fields.quantity.min = 1, fields.quantity.max = 9);
CREATE MATERIALIZED VIEW sales AS
  SELECT p.name, count(*) AS orders, sum(o.quantity) AS pieces, sum(o.quantity * p.price) AS revenue
  FROM orders o JOIN products p ON o.product = p.id GROUP BY p.name;
CREATE MATERIALIZED VIEW per_minute AS
  SELECT window_start, count(*) AS orders FROM TUMBLE(orders, at, INTERVAL '1 minute') GROUP BY window_start;
`

// demo makes the schema, whose stream fills itself, and prints the live result.
func demo(ctx context.Context, addr string, rate int) error {
	host, port, _ := strings.Cut(addr, ":")
	url := fmt.Sprintf("postgres://millrace@%s:%s/millrace?sslmode=disable", host, port)
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	if _, err := c.Exec(ctx, fmt.Sprintf(demoSchema, max(rate, 1)), pgx.QueryExecModeSimpleProtocol); err != nil {
		return fmt.Errorf("make the schema of the demo: %w", err)
	}
	fmt.Printf(`Millrace is running with a stream of orders. In another terminal:

  psql -h %s -p %s -U millrace

and there, for example:

  SELECT * FROM sales ORDER BY revenue DESC;
  SELECT * FROM per_minute;
  SELECT * FROM sales EMIT CHANGES;              -- rows as they change, Ctrl-C ends it
  UPDATE products SET price = price * 2;         -- every view follows at once

Live: SELECT name, orders, revenue FROM sales EMIT CHANGES   (Ctrl-C stops the demo)

`, host, port)
	return watch(ctx, c)
}

// watch prints a push query.
func watch(ctx context.Context, c *pgx.Conn) error {
	rows, err := c.Query(ctx, "SELECT name, orders, revenue::text FROM sales EMIT CHANGES")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, revenue string
		var orders int64
		if err := rows.Scan(&name, &orders, &revenue); err != nil {
			return err
		}
		fmt.Printf("  %-12s %6d orders  %12s\n", name, orders, revenue)
	}
	return rows.Err()
}
