package dev.wisent.connectors.core.files;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which folders are looked at: those named after the present time and some time before it, in UTC.
///
/// @param template folders with `%Y`, `%m`, `%d`, `%H` (as C's strftime has them), and `%%`
/// @param lookback how many hours before the present one, or days if the template has no `%H`
record PartitionFilter(String template, int lookback) {
    private static final int MOST = 100_000;

    private static final Key<String> TEMPLATE = Key.text("prefix_template")
            .about("folders below the first wildcard's place, with `%Y`, `%m`, `%d`, `%H` of the time in UTC")
            .example("date=%Y-%m-%d/hour=%H")
            .required();
    private static final Key<Long> LOOKBACK = Key.whole("lookback", 0, MOST)
            .about("how many hours before the present one are looked at too; days if there is no `%H`")
            .standard(0L);
    static final Key<Optional<ConfigSection>> KEY = Key.nested("partition_filter", ConfigShape.of(TEMPLATE, LOOKBACK))
            .about("looks only at folders of the last hours or days")
            .optional("all folders");

    static PartitionFilter read(ConfigSection config) {
        String template = config.read(TEMPLATE);
        PartitionFilter filter =
                new PartitionFilter(template.replaceAll("/+$", ""), Math.toIntExact(config.read(LOOKBACK)));
        try {
            filter.folder(ZonedDateTime.now(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            config.problem(TEMPLATE.name(), String.valueOf(e.getMessage()), "");
        }
        return filter;
    }

    /// Oldest first, each once, none below another.
    List<String> folders(Instant now) {
        ChronoUnit unit = template.replace("%%", "").contains("%H") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        ZonedDateTime present = now.atZone(ZoneOffset.UTC);
        Set<String> folders = new LinkedHashSet<>();
        for (int before = lookback; before >= 0; before--) {
            folders.add(folder(present.minus(before, unit)));
        }
        return new ArrayList<>(folders);
    }

    private String folder(ZonedDateTime time) {
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '%') {
                folder.append(c);
                continue;
            }
            i++;
            folder.append(
                    switch (i < template.length() ? template.charAt(i) : ' ') {
                        case 'Y' -> "%04d".formatted(time.getYear());
                        case 'm' -> twoDigits(time.getMonthValue());
                        case 'd' -> twoDigits(time.getDayOfMonth());
                        case 'H' -> twoDigits(time.getHour());
                        case '%' -> "%";
                        default ->
                            throw new IllegalArgumentException(
                                    "knows %Y, %m, %d, %H and %% (strftime), not what stands at character " + i);
                    });
        }
        if (folder.isEmpty() || folder.charAt(0) == '/' || folder.indexOf("//") >= 0 || folder.indexOf("..") >= 0) {
            throw new IllegalArgumentException("must be folders relative to path, like date=%Y-%m-%d/hour=%H");
        }
        return folder.toString();
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
