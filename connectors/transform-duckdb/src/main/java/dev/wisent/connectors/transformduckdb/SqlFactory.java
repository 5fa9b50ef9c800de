package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;

/// Reads `sql`.
public final class SqlFactory implements TransformFactory {
    private static final Key<String> STATEMENT = Key.text("sql")
            .about(
                    "a SELECT over the table `batch`, for each row by itself: projections, WHERE, UNNEST; DuckDB's functions, but aggregates and those that depend on the clock or on chance")
            .example("\"SELECT id, upper(name) AS name FROM batch WHERE id <> 2\"")
            .required();

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String summary() {
        return "Rows through a SELECT: sql: \"SELECT id, upper(name) AS name FROM batch WHERE id <> 2\".";
    }

    @Override
    public ConfigShape keys() {
        return ConfigShape.of(STATEMENT);
    }

    @Override
    public Transform create(ConfigSection config) {
        return new Sql(config.read(STATEMENT));
    }
}
