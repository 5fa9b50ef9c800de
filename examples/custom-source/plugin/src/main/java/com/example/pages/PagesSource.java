package com.example.pages;

import dev.wisent.api.source.Page;
import dev.wisent.api.source.PageRequest;
import dev.wisent.api.source.PagedSource;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Pages 1, 2, 3, … of a service, until one is not there. Later runs with `sync_mode: incremental` ask for the pages that came
/// since.
final class PagesSource extends PagedSource {
    static final List<StreamInfo> STREAMS = List.of(stream("animals", List.of("id"), Optional.of("page")));

    private final String url;

    PagesSource(SourceSettings settings, String url) {
        super(settings, STREAMS, url);
        this.url = url;
    }

    @Override
    protected Page page(PageRequest request) throws IOException {
        int before = request.since().map(Integer::parseInt).orElse(0);
        int number = request.token().map(Integer::parseInt).orElse(before + 1);
        String place = url.replace("{page}", Integer.toString(number));
        URI uri = place.contains("://") ? URI.create(place) : Path.of(place).toUri();
        try (InputStream in = uri.toURL().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> records = text.lines().toList();
            return new Page.Records(records, Optional.of(Integer.toString(number + 1)), Optional.of("" + number));
        } catch (FileNotFoundException noMore) {
            return new Page.Records(List.of(), Optional.empty(), Optional.empty());
        }
    }
}
