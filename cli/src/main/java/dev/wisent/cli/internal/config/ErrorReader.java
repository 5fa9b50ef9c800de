package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.cli.internal.config.PipelineSpec.ErrorPart;
import dev.wisent.cli.internal.config.PipelineSpec.OnBadRecord;
import java.nio.file.Path;
import java.util.Optional;

/// Reads `error_handling:`.
final class ErrorReader {
    private static final Key<OnBadRecord> ON_BAD_RECORD = Key.choice("on_bad_record", OnBadRecord.class)
            .about(
                    "a record that can't be processed is kept aside and the rest goes on; its whole file (split) is left "
                            + "out; the run fails")
            .standard(OnBadRecord.REJECT);
    private static final Key<Long> MAX_FAILURES = Key.whole("max_failures")
            .about("the run stops at so many rejects (records and inputs), with exit code 4")
            .standard(0L, "0: no limit");
    private static final Key<Optional<Path>> DLQ_PATH = Key.text("dlq_path")
            .about("the folder where rejects are kept, as NDJSON; `wisent rejects list` reads them")
            .as("the path of a folder", Path.of(""), Path::of)
            .optional("`.wisent/rejects/<id>/`");

    static final ConfigShape KEYS = ConfigShape.of(ON_BAD_RECORD, MAX_FAILURES, DLQ_PATH);

    private ErrorReader() {}

    static ErrorPart read(ConfigSection section, String id) {
        return new ErrorPart(
                section.read(ON_BAD_RECORD),
                section.read(MAX_FAILURES),
                section.read(DLQ_PATH).orElseGet(() -> Path.of(".wisent/rejects", Names.ofFile(id))));
    }
}
