package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;

/// Lets a stream's schema grow by that of its writers, whose types say more than values do, as far as the contract wants it.
/// What does not grow is told message by message.
final class Growth {
    private Growth() {}

    static void of(StreamSchema stream, Schema written, Contract contract) {
        for (Field field : written.fields()) {
            boolean known = stream.current().indexOf(field.name()).isPresent();
            if ((known ? contract.types() : contract.columns()) == Contract.Mode.EVOLVE) {
                stream.evolve(Field.nullable(field.name(), field.type()));
            }
        }
    }
}
