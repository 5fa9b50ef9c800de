package dev.wisent.engine.internal.transform;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives keys of schemaless records other names. A record that has both keys is refused: one value would be lost.
final class RenameKeys implements RecordEdit.Edit {
    private final Map<String, String> names;
    private final Map<String, byte[]> quoted = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    RenameKeys(Map<String, String> names) {
        this.names = names;
        names.forEach((old, name) -> quoted.put(old, ObjectText.quote(name)));
    }

    @Override
    public Optional<String> edit(JsonMembers members, ObjectText out) {
        given.clear();
        int renamed = 0;
        for (int i = 0; i < members.count(); i++) {
            String key = members.key(i);
            given.add(names.getOrDefault(key, key));
            byte[] name = quoted.get(key);
            if (name == null) {
                out.copy(members, i);
            } else {
                renamed++;
                out.copy(name, members, i);
            }
        }
        // keys that were there twice before are not this step's matter
        if (renamed > 0 && given.size() < distinct(members)) {
            return Optional.of("after renaming, two keys have one name");
        }
        return Optional.empty();
    }

    private int distinct(JsonMembers members) {
        given.clear();
        for (int i = 0; i < members.count(); i++) {
            given.add(members.key(i));
        }
        return given.size();
    }
}
