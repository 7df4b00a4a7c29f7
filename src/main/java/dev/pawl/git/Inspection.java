package dev.pawl.git;

import dev.pawl.domain.policy.PathRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;

/** Holds what a scan found against the rules, by names and sizes only. */
final class Inspection {
    private final Scan scan;
    private final StartTree start;
    private final PathRules rules;
    private final Protection protection;
    private final Reasons reasons;

    Inspection(Scan scan, StartTree start, PathRules rules) {
        this.scan = scan;
        this.start = start;
        this.rules = rules;
        this.protection = new Protection(rules.protectedPaths());
        this.reasons = scan.reasons;
    }

    /** Adds a reason for everything that isn't allowed. */
    void run() {
        checkAmount();
        scan.deleted.forEach(this::checkProtected);
        var links = new Links(scan.links);
        scan.changed.forEach((path, found) -> {
            checkProtected(path);
            checkName(path);
            if (isKept(path) || keepsBelow(path)) {
                reasons.isSubmodule(path);
            }
            if (found.mode().equals(FileMode.SYMLINK)) {
                checkLink(links, path);
            }
        });
        checkCollisions();
    }

    private void checkAmount() {
        if (scan.changed.size() + scan.deleted.size() > rules.maxFiles()) {
            var paths = new ArrayList<>(scan.changed.keySet());
            paths.addAll(scan.deleted);
            reasons.areTooMany(paths.get(rules.maxFiles()), rules.maxFiles());
        }
        long bytes = 0;
        for (Scan.Found found : scan.changed.values()) {
            bytes = Math.addExact(bytes, found.size());
        }
        if (bytes > rules.maxBytes()) {
            scan.changed.entrySet().stream()
                    .max(Comparator.comparingLong(e -> e.getValue().size()))
                    .ifPresent(largest -> reasons.isTooLarge(largest.getKey(), rules.maxBytes()));
        }
    }

    private void checkProtected(String path) {
        if (protection.covers(path)) {
            reasons.isProtected(path);
        }
    }

    private void checkName(String path) {
        if (path.codePoints().anyMatch(OneLine::isHidden)) {
            reasons.isHidden(path);
        }
        if (PathFold.isReserved(path)) {
            reasons.isReserved(path);
        }
    }

    private void checkLink(Links links, String path) {
        String target = scan.links.getOrDefault(path, "");
        boolean clean = target.codePoints().noneMatch(OneLine::isHidden);
        if (!clean || !links.staysInside(path) || pointsAtGit(target)) {
            reasons.leaves(path);
        }
        if (protection.leadsTo(path)) {
            reasons.isProtected(path);
        }
    }

    /** Parts of a target may be {@code .} and {@code ..}; none may be git's own folder. */
    private static boolean pointsAtGit(String target) {
        for (String part : target.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..") && PathFold.isReserved(part)) {
                return true;
            }
        }
        return false;
    }

    /** A file in the place of something that isn't on our disk and therefore stays in the commit. */
    private boolean isKept(String path) {
        StartTree.Entry entry = start.get(path);
        return entry != null && !entry.isLaidOut();
    }

    private boolean keepsBelow(String path) {
        return start.entries().tailMap(path + "/", true).entrySet().stream()
                .takeWhile(e -> e.getKey().startsWith(path + "/"))
                .anyMatch(e -> !e.getValue().isLaidOut());
    }

    /** Compares every part of a new path with what stays: {@code Src/a} collides with {@code src/b}. */
    private void checkCollisions() {
        List<String> added = scan.changed.keySet().stream()
                .filter(path -> start.get(path) == null)
                .toList();
        if (added.isEmpty()) {
            return;
        }
        Map<String, String> names = new HashMap<>();
        start.entries().keySet().stream()
                .filter(path -> !scan.deleted.contains(path))
                .flatMap(path -> prefixes(path).stream())
                .distinct()
                .forEach(prefix -> names.putIfAbsent(PathFold.of(prefix), prefix));
        added.stream().flatMap(path -> prefixes(path).stream()).distinct().forEach(prefix -> {
            String other = names.putIfAbsent(PathFold.of(prefix), prefix);
            if (other != null && !other.equals(prefix)) {
                reasons.collide(prefix, other);
            }
        });
    }

    private static List<String> prefixes(String path) {
        var prefixes = new ArrayList<String>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            prefixes.add(path.substring(0, slash));
        }
        prefixes.add(path);
        return prefixes;
    }
}
