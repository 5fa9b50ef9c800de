package com.example.pages;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.*;
import java.util.List;

/// Makes the source that a pipeline calls `name: pages`.
public final class PagesFactory implements SourceFactory {
    private static final Key<String> URL =
            Key.text("url").about("where a page is; {page} is its number").required();

    public String name() {
        return "pages";
    }

    public String summary() {
        return "numbered pages of JSON lines below a URL";
    }

    public List<StreamInfo> knownStreams() {
        return PagesSource.STREAMS;
    }

    public ConfigShape keys() {
        return ConfigShape.of(URL);
    }

    public Source create(ConfigSection config, SourceSettings settings) {
        return new PagesSource(settings, config.read(URL));
    }
}
