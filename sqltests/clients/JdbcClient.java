// pgjdbc: metadata, prepared statements that turn to binary, batches, cursors by fetch
// size, COPY, LISTEN, cancel, savepoints, updatable results.

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.*;
import java.time.*;
import java.util.*;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

public class JdbcClient {
    static String url(String options) {
        Map<String, String> e = System.getenv();
        return "jdbc:postgresql://" + e.getOrDefault("MILLRACE_HOST", "127.0.0.1") + ":" + e.getOrDefault("MILLRACE_PORT", "7432")
            + "/" + e.getOrDefault("MILLRACE_DATABASE", "millrace") + "?user=" + e.getOrDefault("MILLRACE_USER", "millrace") + options;
    }

    static void check(boolean ok, String what) {
        if (!ok) throw new AssertionError(what);
    }

    static void same(Object want, Object got) {
        check(Objects.deepEquals(want, got), "got " + got + ", want " + want);
    }

    interface Call { void run() throws Exception; }

    static SQLException fails(String state, Call call) throws Exception {
        try {
            call.run();
        } catch (SQLException e) {
            same(state, e.getSQLState());
            return e;
        }
        throw new AssertionError("no error, want " + state);
    }

    public static void main(String[] args) throws Exception {
        for (String options : new String[] {"", "&prepareThreshold=1&binaryTransfer=true", "&preferQueryMode=simple",
                "&stringtype=unspecified", "&reWriteBatchedInserts=true", "&assumeMinServerVersion=9.0&ApplicationName=x"}) {
            try (Connection c = DriverManager.getConnection(url(options))) {
                all(c);
            }
        }
        System.out.println("pgjdbc " + new org.postgresql.Driver().getMajorVersion() + "." + new org.postgresql.Driver().getMinorVersion() + " ok");
    }

    static void all(Connection c) throws Exception {
        try (Statement s = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS jd CASCADE");
            s.execute("CREATE TABLE jd (id int PRIMARY KEY, b boolean, i2 smallint, i8 bigint, f4 real, f8 double precision, "
                + "n numeric(20,4), t text, v varchar(20), c char(5), y bytea, d date, tm time, ts timestamp, tz timestamptz, "
                + "u uuid, jb jsonb, ai int[], at text[])");
            s.execute("COMMENT ON TABLE jd IS 'of the Java client'");
            s.execute("CREATE INDEX jd_t ON jd (t, i8 DESC)");
            s.execute("CREATE MATERIALIZED VIEW jd_view AS SELECT count(*) AS n FROM jd");
        }
        types(c);
        metadata(c);
        batches(c);
        transactions(c);
        copy(c);
        cancel(c);
        push(c);
        try (Statement s = c.createStatement()) {
            s.execute("DROP TABLE jd CASCADE");
        }
    }

    static boolean isSimple(Connection c) {
        return ((PGConnection) c).getPreferQueryMode() == org.postgresql.jdbc.PreferQueryMode.SIMPLE;
    }

    static void types(Connection c) throws Exception {
        UUID u = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        byte[] bytes = {0, 1, -1};
        OffsetDateTime tz = OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 123456000, ZoneOffset.UTC);
        LocalDateTime ts = LocalDateTime.of(1999, 12, 31, 23, 59, 59, 123456000);
        boolean simple = isSimple(c);
        try (PreparedStatement p = c.prepareStatement("INSERT INTO jd VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)")) {
            p.setInt(1, 1);
            p.setBoolean(2, true);
            p.setShort(3, Short.MIN_VALUE);
            p.setLong(4, Long.MAX_VALUE);
            p.setFloat(5, 1.5f);
            p.setDouble(6, -2.25e300);
            p.setBigDecimal(7, new BigDecimal("-12345678901234.5678"));
            p.setString(8, "grüße 'q' \\ \n 水");
            p.setString(9, "v");
            p.setString(10, "ab");
            p.setBytes(11, bytes);
            p.setObject(12, LocalDate.of(2024, 2, 29));
            p.setObject(13, LocalTime.of(23, 59, 59));
            p.setObject(14, ts);
            p.setObject(15, tz);
            p.setObject(16, u);
            p.setString(17, "{\"a\": [1, null]}");
            p.setArray(18, c.createArrayOf("int4", new Integer[] {1, null, 3}));
            p.setArray(19, c.createArrayOf("text", new String[] {"a", "b\"c", null}));
            same(1, p.executeUpdate());
        }
        try (PreparedStatement p = c.prepareStatement("SELECT * FROM jd WHERE id = ?")) {
            for (int round = 0; round < 8; round++) { // binary from the fifth on
                p.setInt(1, 1);
                ResultSet r = p.executeQuery();
                check(r.next(), "no row");
                same(true, r.getBoolean(2));
                same(Short.MIN_VALUE, r.getShort(3));
                same(Long.MAX_VALUE, r.getLong(4));
                same(1.5f, r.getFloat(5));
                same(-2.25e300, r.getDouble(6));
                same(new BigDecimal("-12345678901234.5678"), r.getBigDecimal(7));
                same("grüße 'q' \\ \n 水", r.getString(8));
                same("ab   ", r.getString(10));
                same(bytes, r.getBytes(11));
                same(LocalDate.of(2024, 2, 29), r.getObject(12, LocalDate.class));
                same(LocalTime.of(23, 59, 59), r.getObject(13, LocalTime.class));
                same(ts, r.getObject(14, LocalDateTime.class));
                same(tz, r.getObject(15, OffsetDateTime.class));
                same(u, r.getObject(16));
                same("{\"a\": [1, null]}", r.getString(17));
                same(new Integer[] {1, null, 3}, (Object[]) r.getArray(18).getArray());
                same(new String[] {"a", "b\"c", null}, (Object[]) r.getArray(19).getArray());
                ResultSetMetaData m = r.getMetaData();
                same("numeric", m.getColumnTypeName(7));
                same(20, m.getPrecision(7));
                same(4, m.getScale(7));
                same("jd", m.getTableName(1));
                same(ResultSetMetaData.columnNoNulls, m.isNullable(1));
            }
            if (!simple) {
                same(1, p.getParameterMetaData().getParameterCount());
                same(Types.INTEGER, p.getParameterMetaData().getParameterType(1));
            }
        }
    }

    static List<String> column(ResultSet r, String name) throws Exception {
        List<String> out = new ArrayList<>();
        while (r.next()) out.add(r.getString(name));
        return out;
    }

    static void metadata(Connection c) throws Exception {
        DatabaseMetaData m = c.getMetaData();
        same("PostgreSQL", m.getDatabaseProductName());
        same(15, m.getDatabaseMajorVersion());
        check(column(m.getSchemas(), "TABLE_SCHEM").contains("public"), "schemas");
        check(column(m.getTables(null, "public", "jd%", new String[] {"TABLE"}), "TABLE_NAME").contains("jd"), "tables");
        check(column(m.getTables(null, null, "jd%", null), "TABLE_NAME").contains("jd_view"), "views");
        ResultSet r = m.getColumns(null, "public", "jd", "%");
        List<String> names = new ArrayList<>();
        while (r.next()) {
            names.add(r.getString("COLUMN_NAME"));
            if (r.getString("COLUMN_NAME").equals("n")) {
                same(Types.NUMERIC, r.getInt("DATA_TYPE"));
                same(20, r.getInt("COLUMN_SIZE"));
                same(4, r.getInt("DECIMAL_DIGITS"));
            }
        }
        same(19, names.size());
        same(List.of("id"), column(m.getPrimaryKeys(null, "public", "jd"), "COLUMN_NAME"));
        List<String> indexed = column(m.getIndexInfo(null, "public", "jd", false, false), "COLUMN_NAME");
        same(List.of("id", "t", "i8"), indexed);
        column(m.getImportedKeys(null, "public", "jd"), "FKTABLE_NAME");
        column(m.getExportedKeys(null, "public", "jd"), "FKTABLE_NAME");
        column(m.getBestRowIdentifier(null, "public", "jd", DatabaseMetaData.bestRowSession, true), "COLUMN_NAME");
        check(column(m.getTypeInfo(), "TYPE_NAME").contains("int8"), "types");
        check(column(m.getFunctions(null, "pg_catalog", "lower"), "FUNCTION_NAME").contains("lower"), "functions");
        column(m.getProcedures(null, null, "%"), "PROCEDURE_NAME");
        column(m.getTablePrivileges(null, "public", "jd"), "PRIVILEGE");
        column(m.getColumnPrivileges(null, "public", "jd", "%"), "PRIVILEGE");
        column(m.getUDTs(null, null, "%", null), "TYPE_NAME");
        column(m.getTableTypes(), "TABLE_TYPE");
        column(m.getCatalogs(), "TABLE_CAT");
        column(m.getVersionColumns(null, "public", "jd"), "COLUMN_NAME");
        column(m.getClientInfoProperties(), "NAME");
        check(m.getSQLKeywords().length() > 100, "keywords");
        check(m.getMaxColumnNameLength() == 63, "name length");
    }

    static void batches(Connection c) throws Exception {
        try (PreparedStatement p = c.prepareStatement("INSERT INTO jd (id, t) VALUES (?, ?)")) {
            for (int i = 2; i <= 500; i++) {
                p.setInt(1, i);
                p.setString(2, "row " + i);
                p.addBatch();
            }
            same(499, p.executeBatch().length);
        }
        try (PreparedStatement p = c.prepareStatement("INSERT INTO jd (id, t) VALUES (?, 'x') RETURNING id, t")) {
            p.setInt(1, 501);
            ResultSet r = p.executeQuery();
            check(r.next() && r.getInt(1) == 501, "returning");
        }
        try (PreparedStatement p = c.prepareStatement("INSERT INTO jd (id) VALUES (502)", new String[] {"id"})) {
            p.executeUpdate();
            ResultSet r = p.getGeneratedKeys();
            check(r.next() && r.getInt(1) == 502, "keys");
        }
        try (Statement s = c.createStatement()) {
            s.addBatch("UPDATE jd SET i8 = 5 WHERE id < 4");
            s.addBatch("DELETE FROM jd WHERE id > 500");
            same(new int[] {3, 2}, s.executeBatch());
            check(s.execute("SELECT 1; SELECT 2"), "two");
            check(s.getMoreResults(), "second");
            s.setMaxRows(3);
            if (!isSimple(c)) same(List.of("1", "2", "3"), column(s.executeQuery("SELECT id FROM jd ORDER BY id"), "id"));
        }
        try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            ResultSet r = s.executeQuery("SELECT id, t FROM jd WHERE id = 10");
            check(r.next(), "row");
            r.updateString("t", "updated");
            r.updateRow();
            r = s.executeQuery("SELECT t FROM jd WHERE id = 10");
            check(r.next() && r.getString(1).equals("updated"), "update of a row");
        }
        try (PreparedStatement p = c.prepareStatement("SELECT count(*) FROM jd WHERE id = ANY (?)")) {
            p.setArray(1, c.createArrayOf("int4", new Integer[] {1, 2, 900}));
            ResultSet r = p.executeQuery();
            check(r.next() && r.getInt(1) == 2, "any");
        }
    }

    static void transactions(Connection c) throws Exception {
        c.setAutoCommit(false);
        c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement s = c.createStatement()) {
            s.setFetchSize(50);
            check(column(s.executeQuery("SELECT id FROM jd ORDER BY id"), "id").size() == 500, "fetch size");
            Savepoint sp = c.setSavepoint("sp");
            s.execute("INSERT INTO jd (id) VALUES (900)");
            c.rollback(sp);
            fails("22012", () -> s.executeQuery("SELECT 1/0"));
            fails("25P02", () -> s.executeQuery("SELECT 1"));
            c.rollback();
            SQLException e = fails("42703", () -> s.executeQuery("SELECT nosuch FROM jd"));
            same(8, ((org.postgresql.util.PSQLException) e).getServerErrorMessage().getPosition());
            c.rollback();
            fails("23505", () -> s.executeUpdate("INSERT INTO jd (id) VALUES (1)"));
            c.rollback();
        }
        c.setReadOnly(true);
        try (Statement s = c.createStatement()) {
            fails("25006", () -> s.executeUpdate("INSERT INTO jd (id) VALUES (901)"));
            c.rollback();
        }
        c.setReadOnly(false);
        c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        c.setAutoCommit(true);
        check(c.isValid(3), "valid");
    }

    static void copy(Connection c) throws Exception {
        if (isSimple(c)) return;
        CopyManager m = ((PGConnection) c).getCopyAPI();
        same(2L, m.copyIn("COPY jd (id, t) FROM STDIN WITH (FORMAT csv)", new StringReader("1001,\"a,b\"\n1002,\n")));
        StringWriter w = new StringWriter();
        same(2L, m.copyOut("COPY (SELECT id, t FROM jd WHERE id > 1000 ORDER BY id) TO STDOUT", w));
        same("1001\ta,b\n1002\t\\N\n", w.toString());
    }

    static void cancel(Connection c) throws Exception {
        try (Statement s = c.createStatement()) {
            Timer t = new Timer(true);
            t.schedule(new TimerTask() {
                public void run() {
                    try {
                        s.cancel();
                    } catch (SQLException e) {
                        e.printStackTrace();
                    }
                }
            }, 300);
            fails("57014", () -> s.executeQuery("SELECT pg_sleep(30)"));
            s.setQueryTimeout(1);
            fails("57014", () -> s.executeQuery("SELECT pg_sleep(30)"));
            t.cancel();
        }
    }

    // A push query is read through a portal, one row at a time.
    static void push(Connection c) throws Exception {
        if (isSimple(c)) return;
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            s.setFetchSize(1);
            ResultSet r = s.executeQuery("SUBSCRIBE jd_view");
            boolean seen = false;
            while (!seen && r.next()) seen = "502".equals(r.getString("n"));
            check(seen, "push");
            try (Connection d = DriverManager.getConnection(url("")); Statement t = d.createStatement()) {
                t.execute("INSERT INTO jd (id) VALUES (2000)");
            }
            seen = false;
            while (!seen && r.next()) seen = "503".equals(r.getString("n"));
            check(seen, "change");
        }
        c.rollback();
        c.setAutoCommit(true);
    }
}
