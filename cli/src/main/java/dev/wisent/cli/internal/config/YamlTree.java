package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigNode.Kind;
import dev.wisent.api.config.ConfigNode.Origin;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.Place;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// One YAML 1.2 document as nodes that know their places. Anchors, aliases and merge keys (`<<`) are supported; a key
/// that stands twice, a tag of
/// somebody's own and a second document are not.
final class YamlTree {
    /// Each level costs a stack frame here and in every reader.
    static final int DEEPEST = 64;
    /// Aliases of aliases grow without end ("billion laughs"): counted as if each were written out.
    private static final int MOST_NODES = 100_000;

    private static final String CORE = "tag:yaml.org,2002:";
    private static final String MERGE = "<<";

    private final String file;
    private final ParserImpl events;
    private final ConfigProblems problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int nodes;

    private record Anchored(ConfigNode node, int size) {}

    private YamlTree(String file, String text, ConfigProblems problems) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        this.file = file;
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        this.problems = problems;
    }

    /// Duplicate keys go to `problems`; what can't be parsed at all is thrown.
    static ConfigNode parse(String file, String text, ConfigProblems problems) {
        try {
            return new YamlTree(file, text, problems).document();
        } catch (MarkedYamlEngineException broken) {
            Place place = broken.getProblemMark()
                    .or(broken::getContextMark)
                    .map(mark -> place(file, mark))
                    .orElse(new Place(file, 1, 1));
            String context =
                    Optional.ofNullable(broken.getContext()).map(c -> c + ": ").orElse("");
            throw syntax(place, context + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw syntax(
                    new Place(file, 1, 1),
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse(""));
        }
    }

    static WisentException syntax(Place place, String why) {
        return WisentException.of(ErrorCode.CONFIG_SYNTAX, place.file() + " is not valid YAML: " + why)
                .where(place.toString());
    }

    private ConfigNode document() {
        events.next(); // the stream starts
        Event first = events.next();
        if (first.getEventId() == ID.StreamEnd) {
            throw syntax(new Place(file, 1, 1), "it is empty");
        }
        ConfigNode root = node(events.next(), 0);
        events.next(); // the document ends
        Event next = events.next();
        if (next.getEventId() != ID.StreamEnd) {
            throw syntax(place(next), "a file holds one document, and here a second one begins");
        }
        return root;
    }

    private ConfigNode node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw syntax(place(event), "it is nested deeper than " + DEEPEST + " levels");
        }
        int before = nodes;
        count(1, event);
        if (event instanceof AliasEvent alias) {
            Anchored known = anchors.get(alias.getAlias());
            if (known == null) {
                throw syntax(place(event), "there is no anchor '&" + alias.getAlias() + "' before this alias");
            }
            count(known.size(), event);
            return known.node();
        }
        ConfigNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case NodeEvent start when start.getEventId() == ID.SequenceStart -> sequence(start, depth);
            case NodeEvent start -> mapping(start, depth);
            default -> throw syntax(place(event), "a value is missing");
        };
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, nodes - before)));
        }
        return node;
    }

    private void count(int more, Event at) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw syntax(place(at), "with its aliases written out it has more than " + MOST_NODES + " values");
        }
    }

    private ConfigNode.Scalar scalar(ScalarEvent event) {
        String tag = event.getTag().orElse("");
        Kind kind = event.isPlain() && tag.isEmpty() ? CoreScalars.kind(event.getValue()) : Kind.TEXT;
        if (tag.startsWith(CORE)) {
            kind = tag.equals(CORE + "str") ? Kind.TEXT : CoreScalars.kind(event.getValue());
        } else if (!tag.isEmpty() && !tag.equals("!")) {
            problems.add(place(event), "", "tag '" + tag + "' is not supported", "secrets: ${NAME} or env://NAME");
        }
        return new ConfigNode.Scalar(event.getValue(), kind, Origin.FILE, place(event));
    }

    private ConfigNode sequence(NodeEvent start, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new ConfigNode.Sequence(items, place(start));
    }

    private ConfigNode mapping(NodeEvent start, int depth) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        List<ConfigNode.Mapping> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != ID.MappingEnd; event = events.next()) {
            Place keyPlace = place(event);
            ConfigNode key = node(event, depth + 1);
            ConfigNode value = node(events.next(), depth + 1);
            if (!(key instanceof ConfigNode.Scalar name)) {
                problems.add(keyPlace, "", "a key must be a plain word", "");
            } else if (name.text().equals(MERGE) && event instanceof ScalarEvent scalar && scalar.isPlain()) {
                collect(value, merged);
            } else {
                put(entries, name.text(), new Entry(keyPlace, value));
            }
        }
        merged.forEach(base -> base.entries().forEach(entries::putIfAbsent));
        return new ConfigNode.Mapping(entries, place(start));
    }

    private void put(SequencedMap<String, Entry> entries, String key, Entry entry) {
        Entry earlier = entries.putIfAbsent(key, entry);
        if (earlier != null) {
            String first = earlier.keyPlace().line() + ":" + earlier.keyPlace().column();
            problems.add(
                    entry.keyPlace(),
                    key,
                    "'" + key + "' stands twice in the same mapping",
                    "the first is at " + first);
        }
    }

    private void collect(ConfigNode value, List<ConfigNode.Mapping> merged) {
        switch (value) {
            case ConfigNode.Mapping mapping -> merged.add(mapping);
            case ConfigNode.Sequence sequence -> sequence.items().forEach(item -> collect(item, merged));
            case ConfigNode.Scalar scalar ->
                problems.add(scalar.place(), MERGE, "'<<' needs a mapping, or a list of mappings", "");
        }
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
