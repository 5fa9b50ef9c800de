package dev.wisent.connectors.storagegcs;

import dev.wisent.connectors.storagegcs.GcsServer.Answer;
import dev.wisent.connectors.storagegcs.GcsServer.Asked;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Uploads in parts, and the XML interface to them.
final class GcsParts {
    private static final Pattern NUMBER = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

    private final GcsObjects objects;
    private final Map<String, Open> uploads = new TreeMap<>();

    private record Open(String bucket, String key, SortedMap<Integer, byte[]> parts, Instant started) {}

    GcsParts(GcsObjects objects) {
        this.objects = objects;
    }

    synchronized Answer answer(Asked asked) {
        if (asked.object().isEmpty()) {
            return list(asked);
        }
        if (asked.has("uploads")) {
            String id = UUID.randomUUID().toString();
            uploads.put(id, new Open(asked.bucket(), asked.object(), new TreeMap<>(), Instant.now()));
            return Answer.xml(
                    "<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
                            .formatted(asked.bucket(), escaped(asked.object()), id));
        }
        Open open = uploads.get(asked.query().get("uploadId"));
        if (open == null || !open.key().equals(asked.object())) {
            return new Answer(
                    404,
                    "application/xml",
                    "<Error><Code>NoSuchUpload</Code></Error>".getBytes(StandardCharsets.UTF_8),
                    Map.of());
        }
        return switch (asked.method()) {
            case "PUT" -> {
                int number = Integer.parseInt(asked.query().get("partNumber"));
                open.parts().put(number, asked.body());
                yield new Answer(200, "application/xml", new byte[0], Map.of("ETag", "\"part-" + number + "\""));
            }
            case "POST" -> complete(asked, open);
            default -> {
                uploads.remove(asked.query().get("uploadId"));
                yield new Answer(204, "application/xml", new byte[0], Map.of());
            }
        };
    }

    private Answer complete(Asked asked, Open open) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Matcher numbers = NUMBER.matcher(new String(asked.body(), StandardCharsets.UTF_8));
        while (numbers.find()) {
            content.writeBytes(open.parts().get(Integer.valueOf(numbers.group(1))));
        }
        objects.store(open.bucket(), open.key(), content.toByteArray());
        uploads.remove(asked.query().get("uploadId"));
        return Answer.xml(
                "<CompleteMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><ETag>\"x\"</ETag></CompleteMultipartUploadResult>"
                        .formatted(open.bucket(), escaped(open.key())));
    }

    private Answer list(Asked asked) {
        StringBuilder found = new StringBuilder();
        uploads.forEach((id, open) -> {
            if (open.bucket().equals(asked.bucket())
                    && open.key().startsWith(asked.query().getOrDefault("prefix", ""))) {
                found.append(
                        "<Upload><Key>%s</Key><UploadId>%s</UploadId><StorageClass>STANDARD</StorageClass><Initiated>%s</Initiated></Upload>"
                                .formatted(escaped(open.key()), id, open.started()));
            }
        });
        return Answer.xml("<ListMultipartUploadsResult><Bucket>" + asked.bucket()
                + "</Bucket><MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated>" + found
                + "</ListMultipartUploadsResult>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
