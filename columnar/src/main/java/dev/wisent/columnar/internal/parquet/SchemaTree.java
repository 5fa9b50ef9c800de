package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A schema the way Parquet has it: its elements, encoded, and a tree of nodes with a column writer at each leaf.
public final class SchemaTree {
    /// Levels are kept as bytes; nobody nests as deep.
    private static final int DEEPEST = 60;
    private static final String ELEMENT = "element";

    private final ParquetOptions options;
    private final ByteBlocks blocks = new ByteBlocks();
    private final OutputBuffer encoded = new OutputBuffer(1024);
    private final SchemaWriter schema = new SchemaWriter(new CompactWriter(encoded));
    private final List<Node> fields = new ArrayList<>();
    private final List<ColumnWriter> leaves = new ArrayList<>();
    /// By field: where its leaves begin; one more for the end.
    private final List<Integer> firstLeaves = new ArrayList<>();
    private final Set<String> unusedFilters;

    private record Place(List<String> path, int level, int repeats) {
        Place in(String name, int levels, int repeated) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            if (longer.size() > DEEPEST) {
                throw new IllegalArgumentException("column '" + path.getFirst() + "' is nested too deep for Parquet");
            }
            return new Place(longer, level + levels, repeats + repeated);
        }
    }

    private SchemaTree(ParquetOptions options) {
        this.options = options;
        this.unusedFilters = new HashSet<>(options.bloomFilters());
    }

    /// Refuses, as an [IllegalArgumentException] that names the column, what Parquet has no form for: a schema or
    /// struct without fields.
    static SchemaTree of(Schema schema, ParquetOptions options) {
        SchemaTree tree = new SchemaTree(options);
        if (schema.size() == 0) {
            throw new IllegalArgumentException("Parquet has no files without columns");
        }
        tree.schema.root(schema.size());
        for (Field field : schema.fields()) {
            tree.firstLeaves.add(tree.leaves.size());
            tree.fields.add(tree.node(field.name(), field.type(), field.isNullable(), new Place(List.of(), 0, 0)));
        }
        tree.firstLeaves.add(tree.leaves.size());
        if (!tree.unusedFilters.isEmpty()) {
            throw new IllegalArgumentException("no column for the bloom filter of '"
                    + tree.unusedFilters.iterator().next() + "'; there are "
                    + tree.leaves.stream().map(ColumnWriter::dotted).toList());
        }
        return tree;
    }

    private Node node(String name, DataType type, boolean nullable, Place above) {
        Place here = above.in(name, nullable ? 1 : 0, 0);
        int repetition = nullable ? SchemaWriter.OPTIONAL : SchemaWriter.REQUIRED;
        return switch (type) {
            case DataType.Struct(List<Field> children) -> {
                if (children.isEmpty()) {
                    throw new IllegalArgumentException("column '" + String.join(".", here.path())
                            + "' is a struct without fields, and Parquet" + " has none");
                }
                schema.struct(name, repetition, children.size());
                List<Node> nodes = new ArrayList<>();
                children.forEach(f -> nodes.add(node(f.name(), f.type(), f.isNullable(), here)));
                yield new Node.Struct(name, here.level(), nullable, nodes);
            }
            case DataType.ListOf(DataType element) -> {
                schema.list(name, repetition);
                schema.repeated("list", 1);
                Node child = node(ELEMENT, element, true, here.in("list", 1, 1));
                yield new Node.Repeated(name, here.level(), nullable, here.repeats() + 1, List.of(child));
            }
            case DataType.MapOf(DataType key, DataType value) -> {
                schema.map(name, repetition);
                schema.repeated("key_value", 2);
                Place entry = here.in("key_value", 1, 1);
                Node keys = node("key", key, false, entry);
                Node values = node("value", value, true, entry);
                yield new Node.Repeated(name, here.level(), nullable, here.repeats() + 1, List.of(keys, values));
            }
            default -> leaf(name, type, nullable, here);
        };
    }

    private Node leaf(String name, DataType type, boolean nullable, Place here) {
        LeafType leaf = LeafType.of(type);
        schema.leaf(name, nullable ? SchemaWriter.OPTIONAL : SchemaWriter.REQUIRED, leaf);
        String dotted = String.join(".", here.path());
        Optional<BloomHashes> bloom = Optional.empty();
        if (unusedFilters.remove(dotted)) {
            if (leaf.physical() == Physical.BOOLEAN) {
                throw new IllegalArgumentException("column '" + dotted + "' is bool: a bloom filter tells nothing");
            }
            bloom = Optional.of(new BloomHashes());
        }
        ColumnWriter writer = new ColumnWriter(here.path(), leaf, here.level(), here.repeats(), bloom, blocks, options);
        leaves.add(writer);
        return new Node.Leaf(name, here.level(), nullable, writer);
    }

    List<Node> fields() {
        return fields;
    }

    List<ColumnWriter> leaves() {
        return leaves;
    }

    /// The leaves of one field.
    List<ColumnWriter> leavesOf(int field) {
        return leaves.subList(firstLeaves.get(field), firstLeaves.get(field + 1));
    }

    /// How many elements [#encoded] has.
    int elements() {
        return schema.elements();
    }

    OutputBuffer encoded() {
        return encoded;
    }
}
