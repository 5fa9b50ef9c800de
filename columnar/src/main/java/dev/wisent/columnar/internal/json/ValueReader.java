package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import dev.wisent.columnar.TypeLattice;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Puts values of one place of the schema into its column. Bound to that column: another batch needs other readers.
public abstract class ValueReader {
    /// How much of a value that does not fit is shown.
    private static final int SHOWN = 60;

    private final Slot slot;
    private final Drift drift;
    private final Column column;
    private final DataType type;

    ValueReader(Slot slot, Drift drift, Column column) {
        this.slot = slot;
        this.drift = drift;
        this.column = column;
        this.type = column.type();
    }

    /// @param form of the column that `column` is or lies in; what becomes of it is decided here, not for each value
    public static ValueReader of(Slot slot, Drift drift, Column column, ValueForm form) {
        return switch (column.type()) {
            case DataType.Bool t -> new BoolReader(slot, drift, (LongColumn) column);
            case DataType.Int(int bits) -> new IntReader(slot, drift, (LongColumn) column, bits);
            case DataType.Float(int bits) -> new FloatReader(slot, drift, (DoubleColumn) column, bits);
            case DataType.Decimal(int p, int s) -> new DecimalReader(slot, drift, column, p, s);
            case DataType.Text t -> new TextReader(slot, drift, (BytesColumn) column);
            case DataType.Json t -> new JsonReader(slot, drift, (BytesColumn) column);
            case DataType.Struct t -> new StructReader(slot, drift, (StructColumn) column, form);
            case DataType.ListOf t -> new ListReader(slot, drift, (ListColumn) column, form);
            case DataType.MapOf t -> new MapReader(slot, drift, (MapColumn) column, form);
            case DataType.Date t -> new StringFormReader(slot, drift, column, StringForm.DATE);
            case DataType.Time t -> new StringFormReader(slot, drift, column, StringForm.TIME);
            case DataType.Timestamp t ->
                form.unit().isPresent()
                        ? new EpochReader(
                                slot, drift, (LongColumn) column, form.unit().get())
                        : new StringFormReader(slot, drift, column, StringForm.TIMESTAMP);
            case DataType.TimestampNtz t -> new StringFormReader(slot, drift, column, StringForm.TIMESTAMP_NTZ);
            case DataType.Uuid t -> new StringFormReader(slot, drift, column, StringForm.UUID);
            case DataType.Binary t -> new StringFormReader(slot, drift, column, StringForm.of(form.encoding()));
        };
    }

    /// Reads the value at the cursor, which is not null, and steps over it.
    abstract void read(JsonCursor in);

    /// Appends the value that bare text stands for (a CSV cell); false, with nothing appended, when it stands for none.
    /// The byte behind the text must be readable and no digit, letter, point or sign.
    public abstract boolean readText(byte[] text, int from, int length);

    /// Reads the value at the cursor, null included.
    final void readNullable(JsonCursor in) {
        if (in.peek() == 'n') {
            in.readNull();
            column.appendNull();
        } else {
            read(in);
        }
    }

    public final Slot slot() {
        return slot;
    }

    public final Column column() {
        return column;
    }

    final Drift drift() {
        return drift;
    }

    /// The value that begins at `start` does not fit: does what the contract says, with null in its place, and steps over
    /// it.
    final void misfit(JsonCursor in, int start) {
        in.at = start;
        Optional<DataType> natural = NaturalType.of(in);
        misfit(natural, new String(in.bytes, start, Math.min(SHOWN, in.at - start), StandardCharsets.UTF_8));
    }

    /// A CSV cell does not fit: the same for bare text.
    public final void misfitText(byte[] text, int from, int length) {
        misfit(
                NaturalType.ofText(text, from, length),
                new String(text, from, Math.min(SHOWN, length), StandardCharsets.UTF_8));
    }

    private void misfit(Optional<DataType> natural, String shown) {
        column.appendNull();
        Contract.Mode mode = drift.onMisfit();
        if (mode == Contract.Mode.DISCARD_VALUE) {
            drift.discard();
            return;
        }
        String message = "column '%s' is %s and can't hold %s".formatted(slot.path(), typeText(), shown);
        if (mode == Contract.Mode.EVOLVE && natural.filter(this::canGrowTo).isPresent()) {
            drift.wantType(slot, natural.get(), message);
        } else {
            drift.refuseValue(slot, message);
        }
    }

    /// The type as a message names it.
    String typeText() {
        return type.text();
    }

    private boolean canGrowTo(DataType natural) {
        DataType common = TypeLattice.common(type, natural);
        return !common.equals(type) && TypeLattice.widens(type, common);
    }
}
