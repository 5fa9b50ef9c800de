package dev.wisent.connectors.sql.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What may become of a table between two runs. Planners ask before anything is written.
///
/// @param columns what becomes of a column that is new
/// @param types of a column that has another type
/// @param missing of a column that is gone
/// @param table of one that was emptied, made anew or got another key, so that an incremental run can't go on as if nothing
///     had been
public record TableContract(Columns columns, Answer types, Answer missing, Answer table) {
    /// Of new columns.
    public enum Columns {
        EVOLVE,
        FREEZE,
        /// They are not read.
        DISCARD_VALUE
    }

    /// Of everything else.
    public enum Answer {
        EVOLVE,
        FREEZE
    }

    public static final TableContract EVOLVE =
            new TableContract(Columns.EVOLVE, Answer.EVOLVE, Answer.EVOLVE, Answer.EVOLVE);

    private static final Key<Columns> COLUMNS = Key.choice("columns", Columns.class)
            .about("what becomes of a column that is new: it is read, the run ends, or it is not read")
            .standard(Columns.EVOLVE);
    private static final Key<Answer> TYPES = Key.choice("types", Answer.class)
            .about("what becomes of a column that has another type")
            .standard(Answer.EVOLVE);
    private static final Key<Answer> MISSING = Key.choice("missing", Answer.class)
            .about("what becomes of a column that is gone: new rows have null there, or the run ends")
            .standard(Answer.EVOLVE);
    private static final Key<Answer> TABLE = Key.choice("table", Answer.class)
            .about(
                    "what becomes of an incremental run whose table was emptied, made anew, or has another key: it goes on"
                            + " with a warning, or ends")
            .standard(Answer.EVOLVE);

    /// The key of a source.
    public static final Key<ConfigSection> KEY = Key.nested("contract", ConfigShape.of(COLUMNS, TYPES, MISSING, TABLE))
            .about("what becomes of a table that is not what the last run read, see schema-changes.md")
            .orEmpty();

    /// What a table has become.
    ///
    /// @param unread the columns that are left out
    /// @param warnings what people should know of it
    public record Verdict(Set<String> unread, List<String> warnings) {
        public Verdict {
            unread = Set.copyOf(unread);
            warnings = List.copyOf(warnings);
        }
    }

    /// Reports every problem to `config`.
    public static TableContract read(ConfigSection config, SourceSettings settings) {
        ConfigSection section = config.read(KEY);
        TableContract contract = new TableContract(
                section.read(COLUMNS), section.read(TYPES), section.read(MISSING), section.read(TABLE));
        if (contract.table == Answer.FREEZE && !settings.syncMode().equals(Optional.of(SyncMode.INCREMENTAL))) {
            section.problem(
                    TABLE.name(),
                    "is for incremental runs: a full refresh reads what the table holds",
                    "leave it out, or say sync_mode: incremental");
        }
        return contract;
    }

    /// Holds a table against what was read of it before.
    ///
    /// @param what the stream, for people
    /// @param accepted what is published; empty: nothing yet, and everything is taken
    /// @throws WisentException when something changed that is frozen
    public Verdict judge(String what, Schema now, Optional<Schema> accepted) {
        Set<String> unread = new HashSet<>();
        List<String> broken = new ArrayList<>();
        Schema before = accepted.orElse(now);
        for (Field field : now.fields()) {
            OptionalInt at = before.indexOf(field.name());
            if (at.isEmpty() && columns == Columns.FREEZE) {
                broken.add("column '" + field.name() + "' (" + field.type().text() + ") is new (contract: columns)");
            } else if (at.isEmpty() && columns == Columns.DISCARD_VALUE) {
                unread.add(field.name());
            } else if (at.isPresent()
                    && types == Answer.FREEZE
                    && !before.field(at.getAsInt()).type().equals(field.type())) {
                broken.add("column '" + field.name() + "' was "
                        + before.field(at.getAsInt()).type().text() + " and is "
                        + field.type().text() + " now (contract: types)");
            }
        }
        for (Field field : before.fields()) {
            if (missing == Answer.FREEZE && now.indexOf(field.name()).isEmpty()) {
                broken.add("column '" + field.name() + "' is gone (contract: missing)");
            }
        }
        if (!broken.isEmpty()) {
            throw frozen(what, String.join("; ", broken));
        }
        return new Verdict(
                unread,
                unread.stream()
                        .sorted()
                        .map(name -> "column '" + name + "' of " + what
                                + " is new and not read (contract: columns: discard_value)")
                        .toList());
    }

    /// A table that can't be gone on with as if nothing had been.
    ///
    /// @return what people should know
    /// @throws WisentException when that is frozen
    public String judge(String what, String change) {
        if (table == Answer.FREEZE) {
            throw frozen(what, change + " (contract: table)");
        }
        return change;
    }

    private static WisentException frozen(String what, String changes) {
        return WisentException.of(ErrorCode.CONTRACT, changes)
                .where("stream " + what)
                .hint(
                        "nothing was read; evolve in place of freeze takes it, a reset takes the table as it is now and begins"
                                + " the stream anew")
                .next("wisent stream reset FILE");
    }
}
