package dev.pawl.config;

import dev.pawl.config.Yaml.Entry;
import dev.pawl.config.Yaml.Kind;
import dev.pawl.config.Yaml.Mapping;
import dev.pawl.config.Yaml.Refused;
import dev.pawl.config.Yaml.Scalar;
import dev.pawl.config.Yaml.Sequence;
import dev.pawl.config.Yaml.Spot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Builds the values of one document from its events, and refuses what a policy has no use for. */
final class YamlTree {
    /** A policy goes six deep. */
    private static final int DEEPEST = 12;

    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();

    private final Iterator<Event> events;
    private final Problems problems;

    YamlTree(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** The document's value; empty where it goes too deep to be read on. */
    Optional<Yaml> root() {
        return value(events.next(), Place.START, 1);
    }

    private Optional<Yaml> value(Event event, Place place, int depth) {
        Spot spot = YamlText.spot(event.getStartMark());
        if (depth > DEEPEST) {
            problems.add(place.at(spot), "nested more than " + DEEPEST + " deep");
            return Optional.empty();
        }
        refuseAnchor(event, place.at(spot));
        boolean tagged = refuseTag(event, place.at(spot));
        Optional<Yaml> value =
                switch (event) {
                    case MappingStartEvent m -> mapping(place, spot, depth);
                    case SequenceStartEvent s -> sequence(place, spot, depth);
                    case ScalarEvent s -> Optional.of(new Scalar(s.getValue(), kind(s), spot));
                    default -> Optional.of(new Refused(spot));
                };
        return value.map(v -> tagged ? new Refused(spot) : v);
    }

    private Optional<Yaml> sequence(Place place, Spot spot, int depth) {
        var items = new ArrayList<Yaml>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            Place here = place.item(items.size(), YamlText.spot(event.getStartMark()));
            Optional<Yaml> item = value(event, here, depth + 1);
            if (item.isEmpty()) {
                return item;
            }
            items.add(item.get());
        }
        return Optional.of(new Sequence(items, spot));
    }

    private Optional<Yaml> mapping(Place place, Spot spot, int depth) {
        var entries = new LinkedHashMap<String, Entry>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Spot keySpot = YamlText.spot(event.getStartMark());
            Optional<Yaml> key = value(event, place.at(keySpot), depth + 1);
            String name = key.map(YamlTree::name).orElse("");
            Optional<Yaml> value = key.isEmpty() ? key : value(events.next(), place.below(name, keySpot), depth + 1);
            if (value.isEmpty()) {
                return value;
            }
            if (!(key.get() instanceof Scalar)) {
                problems.add(place.at(keySpot), "a key that is not a plain word");
            } else {
                add(entries, new Entry(name, keySpot, value.get()), place);
            }
        }
        return Optional.of(new Mapping(new ArrayList<>(entries.values()), spot));
    }

    private void add(Map<String, Entry> entries, Entry entry, Place place) {
        Entry first = entries.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(
                    place.below(entry.key(), entry.spot()),
                    "written twice; the first is on line " + first.spot().line());
        }
    }

    private static String name(Yaml key) {
        return key instanceof Scalar scalar ? scalar.text() : "?";
    }

    private void refuseAnchor(Event event, Place place) {
        if (event instanceof AliasEvent) {
            problems.add(place, "aliases (*) are not read", "Write the value out.");
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(place, "anchors (&) are not read", "Write the value out.");
        }
    }

    private boolean refuseTag(Event event, Place place) {
        Optional<String> tag =
                switch (event) {
                    case ScalarEvent s -> s.getTag();
                    case CollectionStartEvent c -> c.getTag();
                    default -> Optional.empty();
                };
        tag.ifPresent(t -> problems.add(place, "tags (!) are not read", "Leave it out."));
        return tag.isPresent();
    }

    private static Kind kind(ScalarEvent scalar) {
        if (!scalar.isPlain()) {
            return Kind.TEXT;
        }
        Tag tag = CORE.resolve(scalar.getValue(), true);
        if (tag.equals(Tag.NULL)) {
            return Kind.NOTHING;
        } else if (tag.equals(Tag.BOOL)) {
            return Kind.FLAG;
        } else if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        return tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
    }
}
