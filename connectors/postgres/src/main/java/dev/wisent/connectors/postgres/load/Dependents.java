package dev.wisent.connectors.postgres.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What hangs on a table that another is to take the place of. Rights and comments are made on the other table too; where
/// anything else hangs on it, the table stays and its rows are replaced.
final class Dependents {
    /// Views, rules, triggers, policies, keys and checks, foreign keys of other tables, indexes, partitions and heirs,
    /// publications, statistics, sequences it owns, defaults and generated columns, functions, options of storage, an owner.
    private static final String KEEPS = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                           AND d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_statistic_ext'::regclass,
                                             'pg_publication_rel'::regclass))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                           WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid)
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid)
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE c.oid IN (k.conrelid, k.confrelid))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
                           WHERE x.indrelid = c.oid AND i.relname NOT LIKE '\\_wisent\\_%')
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                           AND (a.attnotnull OR a.attidentity <> '' OR a.attgenerated <> ''))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_type t WHERE t.typtype = 'd' AND t.typbasetype = c.reltype)
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class r ON r.oid = d.objid AND r.oid <> c.oid
                           WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_type'::regclass AND d.refobjid = c.reltype)
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_proc'::regclass
                           AND (d.refobjid = c.oid OR d.refobjid = c.reltype))
                OR c.relkind <> 'r' OR c.relrowsecurity OR c.reloptions IS NOT NULL OR c.relpersistence <> 'p'
                OR c.relreplident <> 'd' OR pg_get_userbyid(c.relowner) <> current_user
            FROM pg_catalog.pg_class c WHERE c.oid = ?::regclass""";

    /// Defaults that the other table does not have as well.
    private static final String DEFAULTS = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_attrdef d
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                           WHERE d.adrelid = ?::regclass AND NOT EXISTS (
                             SELECT 1 FROM pg_catalog.pg_attrdef e
                             JOIN pg_catalog.pg_attribute b ON b.attrelid = e.adrelid AND b.attnum = e.adnum
                             WHERE e.adrelid = ?::regclass AND b.attname = a.attname
                             AND pg_get_expr(e.adbin, e.adrelid) = pg_get_expr(d.adbin, d.adrelid)))""";

    private static final String REFERRED = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
                           WHERE k.contype = 'f' AND k.confrelid = ?::regclass AND k.conrelid <> k.confrelid)""";

    /// Statements with `%s` for the table; their order matters.
    private static final String REPEATED = """
            SELECT stmt FROM (
              SELECT 1 AS place, 0 AS num, 'COMMENT ON TABLE %s IS '
                     || coalesce(quote_literal(obj_description(c.oid, 'pg_class')), 'NULL') AS stmt
              FROM pg_class c WHERE c.oid = ?::regclass
              UNION ALL
              SELECT 2, a.attnum, 'COMMENT ON COLUMN %s.' || quote_ident(a.attname) || ' IS '
                     || quote_literal(col_description(a.attrelid, a.attnum))
              FROM pg_attribute a JOIN pg_attribute b ON b.attname = a.attname AND b.attrelid = ?::regclass AND NOT b.attisdropped
              WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    AND col_description(a.attrelid, a.attnum) IS NOT NULL
                    AND col_description(b.attrelid, b.attnum) IS NULL
              UNION ALL
              SELECT 3, 0, 'CREATE INDEX ' || quote_ident(regexp_replace(i.relname, '[0-9]+$', n.oid::text)) || ' ON %s ('
                     || string_agg(quote_ident(b.attname), ', ' ORDER BY k.place) || ')'
              FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid AND i.relname LIKE '\\_wisent\\_%'
              CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY k (num, place)
              JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num
              JOIN pg_class n ON n.oid = ?::regclass
              JOIN pg_attribute b ON b.attname = a.attname AND b.attrelid = n.oid AND NOT b.attisdropped
              WHERE x.indrelid = ?::regclass AND NOT EXISTS (
                SELECT 1 FROM pg_index y JOIN pg_class j ON j.oid = y.indexrelid WHERE y.indrelid = n.oid
                AND j.relname = regexp_replace(i.relname, '[0-9]+$', n.oid::text))
              GROUP BY x.indexrelid, x.indnkeyatts, i.relname, n.oid HAVING count(*) = x.indnkeyatts
              UNION ALL
              SELECT 4, 0, 'GRANT ' || g.privilege_type || ' ON %s TO '
                     || CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
                     || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
              FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
              WHERE c.oid = ?::regclass AND g.grantee <> c.relowner
              UNION ALL
              SELECT 5, 0, 'GRANT ' || g.privilege_type || ' (' || quote_ident(a.attname) || ') ON %s TO '
                     || CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
                     || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
              FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) g
              WHERE a.attrelid = ?::regclass AND NOT a.attisdropped
            ) all_of_it ORDER BY place, num""";

    private Dependents() {}

    /// Whether something hangs on the table that can't be made again for `next`, and that this one does not have.
    static boolean hasSome(Connection in, TableName table, TableName next) throws SQLException {
        return ask(in, KEEPS, table) || ask(in, DEFAULTS, table, next);
    }

    static boolean isReferredTo(Connection in, TableName table) throws SQLException {
        return ask(in, REFERRED, table);
    }

    private static boolean ask(Connection in, String sql, TableName... tables) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(sql)) {
            for (int i = 0; i < tables.length; i++) {
                select.setString(i + 1, tables[i].quoted());
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /// Gives `next` the comments and rights of `live`.
    static void carryOver(Connection in, TableName live, TableName next) throws SQLException {
        for (String statement : statements(in, live, next, live, next, live, live, live)) {
            Generations.execute(in, statement.replace("%s", next.quoted()));
        }
    }

    private static List<String> statements(Connection in, TableName... tables) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement select = in.prepareStatement(REPEATED)) {
            for (int i = 0; i < tables.length; i++) {
                select.setString(i + 1, tables[i].quoted());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
        }
        return statements;
    }
}
