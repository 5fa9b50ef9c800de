package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.connectors.core.internal.LocalPath;
import java.nio.file.Path;

/// The keys of the file destination.
///
/// @param partBytes where a part is closed and the next begins
/// @param baseEvery after how many commits the manifests are put together into a base
record FileOptions(
        Layout layout,
        Format format,
        CsvOptions csv,
        long partBytes,
        String pipeline,
        TargetId defaultTarget,
        long baseEvery) {
    /// Recovery reads one base and at most as many manifests.
    static final long BASE_EVERY = 1_000;

    static FileOptions read(ConfigSection config, DestinationSettings settings) {
        Path path = LocalPath.read(config, "path").toAbsolutePath().normalize();
        boolean folderSpelled = config.optionalText("path").orElse("").endsWith("/");
        Layout layout = Layout.of(path, folderSpelled);
        Format byName = Format.of(String.valueOf(path.getFileName())).orElse(Format.NDJSON);
        Format format =
                config.choice("format", Format.class, layout instanceof Layout.OneFile ? byName : Format.NDJSON);
        String delimiter = config.text("delimiter", ",");
        CsvOptions csv = CsvOptions.DEFAULT;
        try {
            if (delimiter.length() != 1) {
                throw new IllegalArgumentException("must be one character");
            }
            csv = csv.withDelimiter(delimiter.charAt(0));
        } catch (IllegalArgumentException e) {
            config.problem("delimiter", String.valueOf(e.getMessage()), "");
        }
        config.done();
        return new FileOptions(
                layout,
                format,
                csv,
                settings.bufferBytes(),
                settings.pipelineId(),
                settings.defaultTarget(),
                BASE_EVERY);
    }
}
