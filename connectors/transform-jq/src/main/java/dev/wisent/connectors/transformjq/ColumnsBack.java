package dev.wisent.connectors.transformjq;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.connectors.transformjq.JqStep.Made;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Objects as rows of columns: those of the input, and those the program adds.
final class ColumnsBack implements RecordsBack {
    private final GrownSchema grown;
    private Optional<Schema> input = Optional.empty();
    private Optional<Decoding> decoding = Optional.empty();
    private Optional<RecordBatch> out = Optional.empty();

    private record Decoding(StreamSchema schema, JsonRecordDecoder decoder) {}

    ColumnsBack(GrownSchema grown) {
        this.grown = grown;
    }

    @Override
    public boolean schemaless() {
        return false;
    }

    @Override
    public Applied rows(RecordBatch batch, List<Made> made, List<Refused> refused) {
        if (input.isEmpty() || !input.get().equals(batch.schema())) {
            StreamSchema schema = grown.over(batch.schema());
            decoding = Optional.of(new Decoding(schema, new JsonRecordDecoder(schema, Contract.INFERRED)));
            input = Optional.of(batch.schema());
        }
        BitSet left = new BitSet();
        while (!decode(made, left, refused)) {
            // another column, or a row to be left out as a whole: from the beginning
        }
        int[] origins =
                made.stream().mapToInt(Made::row).filter(row -> !left.get(row)).toArray();
        refused.sort(Comparator.comparingInt(Refused::row));
        return new Applied(out.orElseThrow(), new Applied.Origins.Rows(origins), refused);
    }

    /// False: something changed for rows that are in the batch already.
    private boolean decode(List<Made> made, BitSet left, List<Refused> refused) {
        Decoding current = decoding.orElseThrow();
        RecordBatch rows = emptied(current.schema().current());
        for (Made object : made) {
            if (left.get(object.row())) {
                continue;
            }
            byte[] json = object.json();
            switch (current.decoder().decode(json, 0, json.length, rows)) {
                case JsonRecordDecoder.Outcome.Decoded decoded -> {}
                case JsonRecordDecoder.Outcome.Widened widened -> {
                    return false;
                }
                case JsonRecordDecoder.Outcome.Refused no -> {
                    left.set(object.row());
                    refused.add(new Refused(
                            object.row(),
                            ErrorCode.TRANSFORM_FAILED,
                            no.message()
                                    + no.column()
                                            .map(c -> " (column " + c + ")")
                                            .orElse("")));
                    return false;
                }
            }
        }
        return true;
    }

    private RecordBatch emptied(Schema schema) {
        if (out.isEmpty() || !out.get().schema().equals(schema)) {
            out = Optional.of(RecordBatch.of(schema));
        }
        out.get().clear();
        return out.get();
    }
}
