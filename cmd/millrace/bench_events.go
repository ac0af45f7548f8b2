package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"millrace/catalog"
	"millrace/exec/connect"
	wal "millrace/log"
	"millrace/sql/col"
	"millrace/sql/types"
)

// chunkRows is the rows of one record batch of events.
const chunkRows = 4096

// eventFile holds the record batches of Nexmark events, made once for all queries.
type eventFile struct {
	file    *os.File
	columns types.Schema
	chunks  []eventChunk
	rows    int
}

// eventChunk is a record batch in the file.
type eventChunk struct {
	at         int64
	size, rows int
}

// makeEvents writes the first rows events to a file.
func makeEvents(path string, rows, eventRate int) (*eventFile, error) {
	feed, err := connect.Open(map[string]string{"connector": "nexmark", "event_rate": strconv.Itoa(eventRate)}, nil)
	if err != nil {
		return nil, err
	}
	f := &eventFile{columns: feed.Columns, rows: rows}
	if f.file, err = os.Create(path); err != nil {
		return nil, err
	}
	at := int64(0)
	for n := 0; n < rows; n += chunkRows {
		b := feed.Rows(int64(n), min(chunkRows, rows-n), 0)
		b.Cols = append(b.Cols, col.Const(types.Timestamptz, types.FixedDatum(0), b.N)) // rowtime
		data := col.Encode(nil, b)
		if _, err := f.file.Write(data); err != nil {
			f.close()
			return nil, err
		}
		f.chunks = append(f.chunks, eventChunk{at, len(data), b.N})
		at += int64(len(data))
	}
	return f, nil
}

func (f *eventFile) close() { _ = f.file.Close() }

// createStream is the statement that makes a stream for the events.
func (f *eventFile) createStream() string {
	var list []string
	for _, c := range f.columns {
		list = append(list, c.Name+" "+c.Type.String())
	}
	return "CREATE STREAM event (" + strings.Join(list, ", ") +
		", WATERMARK FOR date_time AS date_time - INTERVAL '4 seconds')"
}

// appended is the outcome of an append.
type appended struct {
	at  []wal.Position
	err error
}

// append begins to store chunk i in the stream.
func (f *eventFile) append(l *wal.Log, i int, stream *catalog.Object, done chan<- appended) {
	c := f.chunks[i]
	data := make([]byte, c.size)
	if _, err := f.file.ReadAt(data, c.at); err != nil {
		done <- appended{err: err}
		return
	}
	l.AppendAsync([]wal.Batch{{
		Partition: wal.PartitionID{Stream: wal.StreamID(stream.ID)}, Count: int32(c.rows),
		ProducerID: -1, ProducerEpoch: -1, Sequence: -1, SchemaVersion: stream.Version, Payload: data,
	}}, func(a wal.Ack, err error) { done <- appended{a.Positions, err} })
}

// appendAll stores all chunks and returns the place of the last.
func (f *eventFile) appendAll(ctx context.Context, l *wal.Log, stream *catalog.Object) ([]wal.Position, error) {
	done := make(chan appended, len(f.chunks))
	for i := range f.chunks {
		f.append(l, i, stream, done)
	}
	var last []wal.Position
	for range f.chunks {
		a := <-done
		if a.err != nil {
			return nil, a.err
		}
		if last == nil || a.at[0].Index > last[0].Index {
			last = a.at
		}
	}
	return last, ctx.Err()
}

// queryInt is the one number that a query gives.
func queryInt(ctx context.Context, url, query string) (int64, error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer c.Close(ctx)
	var n int64
	if err := c.QueryRow(ctx, query).Scan(&n); err != nil {
		return 0, fmt.Errorf("%s: %w", query, err)
	}
	return n, nil
}
