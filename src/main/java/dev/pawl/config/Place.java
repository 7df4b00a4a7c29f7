package dev.pawl.config;

/**
 * Where something stands in a policy file.
 *
 * @param key the path of keys that leads to it
 * @param line from 1
 * @param column from 1
 */
record Place(String key, int line, int column) {
    /** The beginning of the file. */
    static final Place START = new Place("", 1, 1);

    /** The place of a key below this one. */
    Place below(String name, Yaml.Spot spot) {
        String shown = Shown.key(name);
        return new Place(key.isEmpty() ? shown : key + "." + shown, spot.line(), spot.column());
    }

    /** The place of an item of the list here. */
    Place item(int index, Yaml.Spot spot) {
        return new Place(key + "[" + index + "]", spot.line(), spot.column());
    }

    /** The same key, pointing somewhere else. */
    Place at(Yaml.Spot spot) {
        return new Place(key, spot.line(), spot.column());
    }
}
