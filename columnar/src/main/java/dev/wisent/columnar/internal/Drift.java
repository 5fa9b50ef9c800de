package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the record being decoded has that its schema has not, judged by the [Contract]. Readers note it here and go on, so
/// that the rest of the record is still checked: a record with a syntax error is bad before it is anything else.
public final class Drift {
    private final Contract contract;
    private final Map<String, Field> wanted = new LinkedHashMap<>();
    private Optional<DecodeFailure> failure = Optional.empty();
    private boolean frozen;
    private boolean clean = true;
    private long discarded;
    private long discardedBefore;

    public Drift(Contract contract) {
        this.contract = contract;
    }

    /// Forgets what was noted: a record begins.
    public void begin() {
        discardedBefore = discarded;
        if (!clean) {
            clean = true;
            frozen = false;
            failure = Optional.empty();
            wanted.clear();
        }
    }

    /// The record is not kept, so what it had discarded does not count.
    public void undo() {
        discarded = discardedBefore;
    }

    /// Whether the record may be kept as it is.
    public boolean isClean() {
        return clean;
    }

    /// Whether the record breaks a contract that says freeze.
    public boolean isFrozen() {
        return frozen;
    }

    /// Why the record is refused; empty when growing the schema by [#wanted] would do.
    public Optional<DecodeFailure> failure() {
        return wanted.isEmpty() || frozen ? failure : failure.filter(f -> !isEvolvable(f));
    }

    /// Why the record is refused when the schema can't grow.
    public DecodeFailure refusal() {
        return failure.orElseThrow();
    }

    public List<Field> wanted() {
        return List.copyOf(wanted.values());
    }

    public long discarded() {
        return discarded;
    }

    public Contract.Mode onUnknownKey() {
        return contract.columns();
    }

    public Contract.Mode onMisfit() {
        return contract.types();
    }

    public void discard() {
        discarded++;
    }

    /// A column for `slot` would make the record fit.
    public void wantColumn(Slot slot, DataType type) {
        wanted.put(slot.path(), slot.wanting(type));
        note(Reason.UNKNOWN_KEY, unknown(slot) + " and can't be added", slot);
    }

    /// A wider column for `slot` would make the record fit; `message` says what does not.
    public void wantType(Slot slot, DataType type, String message) {
        wanted.put(slot.path(), slot.wanting(type));
        note(Reason.TYPE, message, slot);
    }

    public void refuseKey(Slot slot) {
        frozen |= contract.columns() == Contract.Mode.FREEZE;
        refuse(Reason.UNKNOWN_KEY, unknown(slot), slot);
    }

    public void refuseValue(Slot slot, String message) {
        frozen |= contract.types() == Contract.Mode.FREEZE;
        refuse(Reason.TYPE, message, slot);
    }

    public void refuseMissing(Slot slot) {
        frozen |= contract.missing() == Contract.Mode.FREEZE;
        refuse(Reason.MISSING, "required column '" + slot.path() + "' has no value", slot);
    }

    private static String unknown(Slot slot) {
        return "'" + slot.path() + "' is no column of the schema";
    }

    private void note(Reason reason, String message, Slot slot) {
        clean = false;
        if (failure.isEmpty()) {
            failure = Optional.of(new DecodeFailure(reason, message, Optional.of(slot.path())));
        }
    }

    /// Outranks what growing the schema would mend.
    private void refuse(Reason reason, String message, Slot slot) {
        clean = false;
        if (failure.isEmpty() || isEvolvable(failure.get())) {
            failure = Optional.of(new DecodeFailure(reason, message, Optional.of(slot.path())));
        }
    }

    private boolean isEvolvable(DecodeFailure noted) {
        return wanted.containsKey(noted.column().orElse(""));
    }
}
