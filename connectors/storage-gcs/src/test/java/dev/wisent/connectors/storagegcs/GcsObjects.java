package dev.wisent.connectors.storagegcs;

import dev.wisent.connectors.storagegcs.GcsServer.Answer;
import dev.wisent.connectors.storagegcs.GcsServer.Asked;
import dev.wisent.storage.PathOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The objects of all buckets, and the JSON interface to them.
final class GcsObjects {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final int PAGE = 1000;

    private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();
    private long generations = 1_700_000_000_000_000L;

    record Stored(byte[] content, long generation, Instant updated) {}

    private NavigableMap<String, Stored> in(String bucket) {
        return buckets.computeIfAbsent(bucket, name -> new TreeMap<>(PathOrder.BYTES));
    }

    synchronized Stored store(String bucket, String name, byte[] content) {
        Stored stored = new Stored(content, ++generations, Instant.now());
        in(bucket).put(name, stored);
        return stored;
    }

    /// `uploadType=multipart`: metadata and content in one body (RFC 2387).
    synchronized Answer insert(Asked asked, String type) {
        byte[] body = asked.body();
        String text = new String(body, StandardCharsets.ISO_8859_1); // a character a byte
        Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)\"?").matcher(type);
        if (!boundary.find() || !"multipart".equals(asked.query().get("uploadType"))) {
            return Answer.error(400, "only multipart uploads are understood here");
        }
        String mark = "--" + boundary.group(1);
        int metadata = text.indexOf("\r\n\r\n") + 4;
        int second = text.indexOf("\r\n" + mark, metadata);
        int media = text.indexOf("\r\n\r\n", second) + 4;
        int end = text.lastIndexOf("\r\n" + mark + "--");
        Matcher named = NAME.matcher(new String(body, metadata, second - metadata, StandardCharsets.UTF_8));
        if (!named.find()) {
            return Answer.error(400, "no name");
        }
        String name = unquoted(named.group(1));
        boolean exists = in(asked.bucket()).containsKey(name);
        if ("0".equals(asked.query().get("ifGenerationMatch")) && exists) {
            return Answer.error(412, "At least one of the pre-conditions you specified did not hold.");
        }
        return Answer.json(
                200,
                described(asked.bucket(), name, store(asked.bucket(), name, Arrays.copyOfRange(body, media, end))));
    }

    synchronized Answer answer(Asked asked) {
        if (asked.object().isEmpty()) {
            return list(asked);
        }
        if (asked.method().equals("POST")) {
            return rewritten(asked);
        }
        Stored stored = in(asked.bucket()).get(asked.object());
        String generation = asked.query().get("generation");
        if (stored == null || generation != null && !generation.equals(Long.toString(stored.generation()))) {
            return Answer.error(404, "No such object");
        }
        if (asked.method().equals("DELETE")) {
            in(asked.bucket()).remove(asked.object());
            return Answer.json(204, "");
        }
        return "media".equals(asked.query().get("alt"))
                ? media(asked, stored)
                : Answer.json(200, described(asked.bucket(), asked.object(), stored));
    }

    /// `SOURCE/rewriteTo/b/BUCKET/o/TARGET`, all in one answer, whatever its size.
    private Answer rewritten(Asked asked) {
        String middle = "/rewriteTo/b/" + asked.bucket() + "/o/";
        int at = asked.object().indexOf(middle);
        if (at < 0) {
            return Answer.error(400, "only copies within a bucket are understood here");
        }
        Stored source = in(asked.bucket()).get(asked.object().substring(0, at));
        if (source == null) {
            return Answer.error(404, "No such object");
        }
        String target = asked.object().substring(at + middle.length());
        return Answer.json(200, """
                {"kind":"storage#rewriteResponse","totalBytesRewritten":"%d","objectSize":"%d","done":true,"resource":%s}""".formatted(
                        source.content().length,
                        source.content().length,
                        described(asked.bucket(), target, store(asked.bucket(), target, source.content()))));
    }

    private static Answer media(Asked asked, Stored stored) {
        byte[] content = stored.content();
        Matcher range = RANGE.matcher(asked.range());
        int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
        int to = range.matches() && !range.group(2).isEmpty()
                ? Math.min(content.length, Integer.parseInt(range.group(2)) + 1)
                : content.length;
        if (from > content.length) {
            return Answer.error(416, "range not satisfiable");
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("x-goog-generation", Long.toString(stored.generation()));
        if (range.matches()) {
            headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        }
        return new Answer(
                range.matches() ? 206 : 200,
                "application/octet-stream",
                Arrays.copyOfRange(content, from, to),
                headers);
    }

    private Answer list(Asked asked) {
        String prefix = asked.query().getOrDefault("prefix", "");
        String start = asked.query().getOrDefault("pageToken", asked.query().getOrDefault("startOffset", ""));
        int limit = Integer.parseInt(asked.query().getOrDefault("maxResults", Integer.toString(PAGE)));
        List<String> items = new ArrayList<>();
        for (Map.Entry<String, Stored> entry :
                in(asked.bucket()).tailMap(start, true).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                if (items.size() == Math.min(limit, PAGE)) {
                    return Answer.json(200, page(items, ",\"nextPageToken\":" + quoted(entry.getKey())));
                }
                items.add(described(asked.bucket(), entry.getKey(), entry.getValue()));
            }
        }
        return Answer.json(200, page(items, ""));
    }

    private static String page(List<String> items, String next) {
        return "{\"kind\":\"storage#objects\",\"items\":[" + String.join(",", items) + "]" + next + "}";
    }

    static String described(String bucket, String name, Stored stored) {
        return """
                {"kind":"storage#object","bucket":%s,"name":%s,"generation":"%d","metageneration":"1","size":"%d",\
                "updated":"%s","timeCreated":"%s","etag":"%s"}""".formatted(
                quoted(bucket),
                quoted(name),
                stored.generation(),
                stored.content().length,
                stored.updated(),
                stored.updated(),
                Base64.getEncoder()
                        .encodeToString(Long.toString(stored.generation()).getBytes(StandardCharsets.UTF_8)));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String unquoted(String json) {
        Matcher escape = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(json.substring(1, json.length() - 1));
        return escape.replaceAll(found -> Matcher.quoteReplacement(
                found.group(2) != null ? String.valueOf((char) Integer.parseInt(found.group(2), 16)) : found.group(1)));
    }
}
