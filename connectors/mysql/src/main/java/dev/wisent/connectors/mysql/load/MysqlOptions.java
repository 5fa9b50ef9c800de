package dev.wisent.connectors.mysql.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.mysql.Address;
import dev.wisent.connectors.mysql.ConnectionKeys;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.StagedOptions;
import java.nio.file.Path;

/// The keys of the destination.
///
/// @param pipeline what progress is stored under
/// @param target the stream's own target
/// @param parts beside what rows wait for their commit
record MysqlOptions(Address address, String pipeline, TargetId target, Path parts) {
    private static final Key<String> PARTS = Key.text("parts")
            .about("the folder on this machine where rows wait for their commit; at most what one commit brings")
            .standard(".wisent/parts");

    static final ConfigShape KEYS =
            ConnectionKeys.SHAPE.and(PARTS).and(StagedOptions.KEYS).and(ChildTables.KEY);

    static MysqlOptions read(ConfigSection config, DestinationSettings settings) {
        Address address = ConnectionKeys.read(config);
        String place = (address.hosts() + "_" + address.database()).replaceAll("[^A-Za-z0-9._-]", "_");
        return new MysqlOptions(
                address,
                settings.pipelineId(),
                settings.defaultTarget(),
                Path.of(config.read(PARTS)).resolve("mysql_" + place).toAbsolutePath());
    }
}
