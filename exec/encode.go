package exec

import (
	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/types"
)

// batchRows bounds the rows of one record batch: a reader then decodes pieces that
// fit its caches, and a large statement does not become one huge allocation.
const batchRows = 16384

// batchBytes bounds the bytes of one record batch that has more than one row; the log
// takes four times as much.
const batchBytes = 16 << 20

// microsTo1970 turns microseconds since 2000-01-01 into microseconds since 1970.
const microsTo1970 = 946684800_000_000

// Op codes of table records.
const (
	opUpsert = 0
	opDelete = 1
)

// encodeTxn turns a transaction's writes into record batches.
func (e *Engine) encodeTxn(tx *Txn) ([]log.Batch, error) {
	var out []log.Batch
	for _, id := range tx.order {
		if t := tx.tables[id]; t != nil {
			out = append(out, encodeTable(t)...)
		}
		if s := tx.rows[id]; s != nil && len(s.batches) > 0 {
			out = append(out, e.encodeStream(s.obj, s.batches)...)
		}
	}
	return out, nil
}

// encodeTable routes each changed row to its partition by key.
func encodeTable(t *tableWrites) []log.Batch {
	o := t.obj
	ts := logTypes(o)
	parts := make([]*col.BatchBuilder, o.Partitions)
	var out []log.Batch
	add := func(p int32, row []types.Datum) {
		if parts[p] == nil {
			parts[p] = col.NewBatchBuilder(ts, 1)
		}
		parts[p].Row(1, row...)
		if parts[p].Len() >= batchRows {
			out = appendBatch(out, o, p, parts[p].Batch())
		}
	}
	for _, k := range t.keys {
		w := t.rows[k]
		if w.row == nil && !w.existed {
			continue
		}
		add(partitionOf([]byte(k), o.Partitions), tableRecord(o, w))
	}
	for _, row := range t.inserted {
		if row != nil {
			add(0, append(append([]types.Datum{types.FixedDatum(opUpsert)}, row...), types.Null))
		}
	}
	for p, b := range parts {
		if b != nil && b.Len() > 0 {
			out = appendBatch(out, o, int32(p), b.Batch())
		}
	}
	return out
}

// tableRecord is the log row of an upsert or a delete; a delete has values in its
// key columns only.
func tableRecord(o *catalog.Object, w *rowWrite) []types.Datum {
	if w.row != nil {
		return append([]types.Datum{types.FixedDatum(opUpsert)}, w.row...)
	}
	rec := make([]types.Datum, len(logTypes(o)))
	rec[0] = types.FixedDatum(opDelete)
	if len(o.Key) == 0 {
		rec[len(rec)-1] = w.base[len(o.Columns)]
	}
	for _, c := range o.Key {
		rec[c+1] = w.base[c]
	}
	return rec
}

// encodeStream routes rows of payload layout to partitions: by the KEY columns, or
// all to the stream's sticky partition when there are none.
func (e *Engine) encodeStream(o *catalog.Object, batches []*col.Batch) []log.Batch {
	rows := batches[0]
	if len(batches) > 1 {
		rows = col.Concat(logTypes(o), batches...)
	}
	if o.Partitions > 1 && len(o.Key) == 0 {
		return appendPieces(nil, o, int32(e.sticky.Add(1)%uint64(o.Partitions)), rows)
	}
	return encodeParts(o, rows, nil)
}

// encodeParts routes rows by key; without one they go to partition 0. seen, if
// not nil, is called with the rows of each partition.
func encodeParts(o *catalog.Object, rows *col.Batch, seen func(p int32, part *col.Batch)) []log.Batch {
	if o.Partitions == 1 || len(o.Key) == 0 {
		if seen != nil {
			seen(0, rows)
		}
		return appendPieces(nil, o, 0, rows)
	}
	var out []log.Batch
	for p, idx := range route(rows, o.Key, o.Partitions) {
		if len(idx) == 0 {
			continue
		}
		part := rows.Gather(idx)
		if seen != nil {
			seen(int32(p), part)
		}
		out = appendPieces(out, o, int32(p), part)
	}
	return out
}

// route lists the rows of each partition.
func route(b *col.Batch, key []int, partitions int32) [][]int32 {
	arena, off := col.Keys(b.Project(key).Cols, b.N, nil, nil)
	out := make([][]int32, partitions)
	for i := range b.N {
		p := partitionOf(arena[off[i]:off[i+1]], partitions)
		out[p] = append(out[p], int32(i))
	}
	return out
}

// partitionOf maps a key (key form) to a partition as Kafka's default partitioner
// maps its key bytes: murmur2, sign bit cleared, modulo. It must never change.
func partitionOf(key []byte, partitions int32) int32 {
	if partitions == 1 {
		return 0
	}
	return int32(col.Murmur2(key)&0x7fffffff) % partitions
}

func appendPieces(out []log.Batch, o *catalog.Object, p int32, rows *col.Batch) []log.Batch {
	for from := 0; from < rows.N; from += batchRows {
		out = appendBatch(out, o, p, rows.Slice(from, min(from+batchRows, rows.N)))
	}
	return out
}

// appendBatch encodes rows as one record batch, or as more when their bytes are too
// many for one. Where it cuts depends on the rows alone (E1).
func appendBatch(out []log.Batch, o *catalog.Object, p int32, rows *col.Batch) []log.Batch {
	payload := col.Encode(nil, rows)
	if len(payload) > batchBytes && rows.N > 1 {
		half := rows.N / 2
		return appendBatch(appendBatch(out, o, p, rows.Slice(0, half)), o, p, rows.Slice(half, rows.N))
	}
	lo, hi := int64(0), int64(0)
	if o.Kind == catalog.KindStream {
		lo, hi = timeRange(rows.Cols[len(rows.Cols)-1])
	}
	return append(out, encodeBatch(o, p, rows.N, payload, lo, hi))
}

func timeRange(v *col.Vec) (lo, hi int64) {
	lo, hi = v.Fix[0], v.Fix[0]
	for _, t := range v.Fix {
		lo, hi = min(lo, t), max(hi, t)
	}
	return lo + microsTo1970, hi + microsTo1970
}

func encodeBatch(o *catalog.Object, p int32, n int, payload []byte, lo, hi int64) log.Batch {
	return log.Batch{
		Partition: partitionID(o, p), Count: int32(n), MinTime: lo, MaxTime: hi,
		ProducerID: -1, ProducerEpoch: -1, Sequence: -1,
		SchemaVersion: o.Version, Payload: payload,
	}
}
