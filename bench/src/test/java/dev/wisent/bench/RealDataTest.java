package dev.wisent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Public data sets, moved by the command line and compared with DuckDB reading the same files: row by row, column by
/// column. The files are no part of the project: `-Dwisent.data` names the folder they lie in, see
/// `docs/how-to/real-data.md`.
@Tag("sweep")
class RealDataTest {
    /// What is moved: its rows, its file, how Wisent is to read it, the columns DuckDB finds as Wisent spells them, and
    /// how DuckDB reads it.
    enum DataSet {
        AIRPORTS(3_376, "airports.csv", "format: csv", """
                - {name: iata, type: string, nullable: false}
                - {name: name, type: string}
                - {name: city, type: string}
                - {name: state, type: string}
                - {name: country, type: string}
                - {name: latitude, type: float64}
                - {name: longitude, type: float64}
                """, "SELECT * FROM read_csv('airports.csv')"),
        BIRDSTRIKES(10_000, "birdstrikes.csv", "format: csv", """
                - {name: Airport Name, type: string}
                - {name: Aircraft Make Model, type: string}
                - {name: Effect Amount of damage, type: string}
                - {name: Flight Date, type: date}
                - {name: Aircraft Airline Operator, type: string}
                - {name: Origin State, type: string}
                - {name: Phase of flight, type: string}
                - {name: Wildlife Size, type: string}
                - {name: Wildlife Species, type: string}
                - {name: Time of day, type: string}
                - {name: Cost Other, type: int64}
                - {name: Cost Repair, type: int64}
                - {name: Cost Total $, type: int64}
                - {name: Speed IAS in knots, type: int64}
                """, "SELECT * FROM read_csv('birdstrikes.csv')"),
        EARTHQUAKES(
                1_707,
                "earthquakes.json",
                "format: json, records_path: $.features[*]",
                """
                - {name: type, type: string}
                - name: properties
                  type: "struct<mag:float64, place:string, time:int64, updated:int64, tz:int32, url:string, detail:string,\
                 felt:int64, cdi:float64, mmi:float64, alert:string, status:string, tsunami:int64, sig:int64, net:string,\
                 code:string, ids:string, sources:string, types:string, nst:int64, dmin:float64, rms:float64, gap:float64,\
                 magType:string, type:string, title:string>"
                - {name: geometry, type: "struct<type:string, coordinates:list<float64>>"}
                - {name: id, type: string, nullable: false}
                """,
                "SELECT unnest(f) FROM (SELECT unnest(features) AS f FROM read_json('earthquakes.json'))"),
        FLIGHTS(20_000, "flights-20k.json", "format: json", """
                - {name: date, type: string}
                - {name: delay, type: int64}
                - {name: distance, type: int64}
                - {name: origin, type: string, nullable: false}
                - {name: destination, type: string, nullable: false}
                """, "SELECT * FROM read_json('flights-20k.json')"),
        SEATTLE_WEATHER(
                1_461, "seattle-weather.csv", "format: csv", """
                - {name: date, type: date, nullable: false}
                - {name: precipitation, type: float64}
                - {name: temp_max, type: float64}
                - {name: temp_min, type: float64}
                - {name: wind, type: float64}
                - {name: weather, type: string}
                """, "SELECT * FROM read_csv('seattle-weather.csv')");

        final long rows;
        final String file;
        final String format;
        final String schema;
        final String original;

        DataSet(long rows, String file, String format, String schema, String original) {
            this.rows = rows;
            this.file = file;
            this.format = format;
            this.schema = schema;
            this.original = original;
        }
    }

    /// What is written.
    enum Format {
        NDJSON {
            /// With the types DuckDB found in the original.
            @Override
            String read(Path folder, Map<String, String> types, Map<String, String> found) {
                return "SELECT * FROM read_json('" + folder + "/out/*.ndjson', format = 'newline_delimited', columns = "
                        + types.entrySet().stream()
                                .map(column -> "'%s': '%s'".formatted(column.getKey(), column.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"))
                        + ")";
            }

            @Override
            String described(Path folder) {
                return "SELECT * FROM read_json('" + folder + "/out/*.ndjson', format = 'newline_delimited')";
            }
        },
        PARQUET {
            /// As the file says, text alone is read as what DuckDB found in the original: any other type has to be one that
            /// compares with that without loss.
            @Override
            String read(Path folder, Map<String, String> types, Map<String, String> found) {
                return types.entrySet().stream()
                        .map(column -> '"'
                                + column.getKey()
                                + '"'
                                + (TEXT.contains(found.get(column.getKey()))
                                        ? "::" + column.getValue() + " AS \"" + column.getKey() + '"'
                                        : ""))
                        .collect(Collectors.joining(", ", "SELECT ", " FROM (" + described(folder) + ")"));
            }

            @Override
            String described(Path folder) {
                return "SELECT * FROM read_parquet('" + folder + "/out/*.parquet')";
            }
        };

        private static final Set<String> TEXT = Set.of("VARCHAR", "JSON");

        abstract String read(Path folder, Map<String, String> types, Map<String, String> found);

        abstract String described(Path folder);
    }

    static Stream<Arguments> ways() {
        return Stream.of(DataSet.values())
                .flatMap(set -> Stream.of(Format.values()).map(to -> Arguments.of(set, to)));
    }

    private final Path data = Path.of(System.getProperty("wisent.data", "data")).toAbsolutePath();

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("ways")
    void every_value_is_what_duckdb_reads_when_the_schema_is_inferred(DataSet set, Format to) throws Exception {
        move(set, "", to);

        compare(set, to);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void every_value_is_what_duckdb_reads_when_the_schema_is_explicit(DataSet set, Format to) throws Exception {
        move(set, "  schema:\n    fields:\n" + set.schema.indent(6), to);

        compare(set, to);
    }

    private void move(DataSet set, String schema, Format to) throws IOException {
        assertThat(data.resolve(set.file))
                .as("-Dwisent.data names the folder of the data sets")
                .exists();
        String keys = "name: files, stream: real, path: " + data.resolve(set.file) + ", " + set.format;
        Files.writeString(
                folder.resolve("real.yml"),
                "name: real\nsource:\n  " + keys.replace(", ", "\n  ") + "\n" + schema
                        + "destination: {name: file, config: {path: out/, format: "
                        + to.name().toLowerCase(Locale.ROOT) + "}}\n");

        ChildResult run = ChildCommand.run(folder, "real.yml").result().exits(0);

        assertThat(run.count("read")).isEqualTo(set.rows);
        assertThat(run.count("written")).isEqualTo(set.rows);
        assertThat(run.count("rejected")).isZero();
    }

    /// As bags, both ways.
    private void compare(DataSet set, Format to) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET file_search_path = '" + data + "'");
            statement.execute("CREATE TABLE original AS " + set.original);
            Map<String, String> types = columns(statement, "original");

            Map<String, String> found = columns(statement, to.described(folder));

            assertThat(found.keySet()).containsExactlyElementsOf(types.keySet());
            statement.execute("CREATE TABLE moved AS " + to.read(folder, types, found));
            assertThat(count(statement, "FROM original")).isEqualTo(set.rows);
            assertThat(count(statement, "FROM moved")).isEqualTo(set.rows);
            assertThat(count(statement, "(FROM original EXCEPT ALL FROM moved)"))
                    .as("only in the original")
                    .isZero();
            assertThat(count(statement, "(FROM moved EXCEPT ALL FROM original)"))
                    .as("only in what was moved")
                    .isZero();
        }
    }

    /// Names and types, in order.
    private static Map<String, String> columns(Statement statement, String of) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery("DESCRIBE " + of)) {
            while (row.next()) {
                columns.put(row.getString(1), row.getString(2));
            }
        }
        return columns;
    }

    private static long count(Statement statement, String from) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM (" + from + ")")) {
            count.next();
            return count.getLong(1);
        }
    }
}
