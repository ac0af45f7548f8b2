package syscat

// serverTables describe the server: its log, sessions and nodes.
func serverTables() []*Table {
	return []*Table{
		{
			ID: 13921,
			Schema: `CREATE TABLE millrace.partitions (
				relation_id oid NOT NULL,      -- id of the stream or table
				relation text NOT NULL,        -- its name
				partition int4 NOT NULL,       -- number of the partition, from 0
				raft_group int4 NOT NULL,      -- Raft group that replicates it
				leader text,                   -- node that takes its writes
				start_offset int8 NOT NULL,    -- first offset that is still there
				end_offset int8 NOT NULL,      -- offset of the next row
				rows int8 NOT NULL,            -- rows that are there
				bytes int8 NOT NULL,           -- bytes of its segments
				segments int4 NOT NULL         -- number of its segments
			)`,
			Doc: "Partitions of streams and tables in the log.",
			Rows: func(env Env, add Add) error {
				for _, p := range env.Partitions() {
					err := add(oid(p.Stream), displayName(env, p.Stream), num(p.Number), num(p.Group),
						textOrNull(p.Leader), num(p.Start), num(p.End), num(p.End-p.Start), num(p.Bytes),
						num(p.Segments))
					if err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			ID: 13922,
			Schema: `CREATE TABLE millrace.sessions (
				pid int4 NOT NULL,             -- number of the session, as in pg_backend_pid()
				user_name name NOT NULL,       -- its user
				application text NOT NULL,     -- application_name
				client_addr text,              -- address of the client
				client_port int4,              -- its port
				started_at timestamptz,        -- when it connected
				transaction_at timestamptz,    -- when its transaction began
				query_at timestamptz,          -- when its statement began
				state text NOT NULL,           -- active, idle or idle in transaction
				query text NOT NULL,           -- its statement, or the last one
				prepared_statements int4 NOT NULL, -- number of prepared statements
				rows_sent int8 NOT NULL,       -- rows sent
				bytes_sent int8 NOT NULL       -- bytes sent
			)`,
			Doc: "Connections.",
			Rows: func(env Env, add Add) error {
				for _, s := range env.Sessions() {
					err := add(num(s.PID), text(s.User), text(s.Application), textOrNull(s.ClientAddr),
						num(s.ClientPort), when(s.StartedAt), when(s.TransactionAt), when(s.QueryAt),
						text(s.State), text(s.Query), num(s.PreparedCount), num(s.RowsSent), num(s.BytesSent))
					if err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			ID: 13923,
			Schema: `CREATE TABLE millrace.nodes (
				node text NOT NULL,            -- name of the node
				sql_address text NOT NULL,     -- where it takes SQL
				http_address text,             -- where it takes HTTP
				state text NOT NULL,           -- up or down
				leader bool NOT NULL,          -- whether it leads group 0
				groups int4 NOT NULL,          -- number of Raft groups that it leads
				started_at timestamptz,        -- when it started
				version text NOT NULL          -- its version
			)`,
			Doc: "Servers of the cluster.",
			Rows: func(env Env, add Add) error {
				for _, n := range env.Nodes() {
					err := add(text(n.ID), text(n.SQLAddr), textOrNull(n.HTTPAddr), text(n.State), truth(n.Leader),
						num(n.Groups), when(n.StartedAt), text(n.Version))
					if err != nil {
						return err
					}
				}
				return nil
			},
		},
	}
}
