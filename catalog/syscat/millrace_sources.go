package syscat

// sourceTables describe where rows come from without a client.
func sourceTables() []*Table {
	return []*Table{{
		ID: 13931,
		Schema: `CREATE TABLE millrace.sources (
			stream_id oid NOT NULL,        -- id of the stream
			stream text NOT NULL,          -- its name
			connector text NOT NULL,       -- connector that fills it
			state text NOT NULL,           -- running, finished or failed
			rows int8 NOT NULL,            -- rows stored so far
			row_limit int8,                -- rows after which it ends, NULL for no end
			rate float8,                   -- rows a second, NULL for as many as go
			error text                     -- why it failed, NULL if it has not
		)`,
		Doc: "Streams that a connector fills.",
		Rows: func(env Env, add Add) error {
			for _, s := range env.Sources() {
				limit, rate := null, null
				if s.Limit > 0 {
					limit = num(s.Limit)
				}
				if s.Rate > 0 {
					rate = float(s.Rate)
				}
				err := add(oid(s.Stream), displayName(env, s.Stream), text(s.Connector), text(s.State),
					num(s.Rows), limit, rate, textOrNull(s.Error))
				if err != nil {
					return err
				}
			}
			return nil
		},
	}}
}
