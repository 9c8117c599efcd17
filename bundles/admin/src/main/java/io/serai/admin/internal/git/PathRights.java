package io.serai.admin.internal.git;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says which files of the state somebody may change: those of the objects that the somebody may. */
final class PathRights {
    /** The kind of the state as a whole: to read it shows everything, and to write it changes what is no object. */
    static final String STATE = "state";

    private static final int MAX_RECORDED = 20;
    private static final String CONFIGURATION_SUFFIX = ".cfg";
    private static final String OBJECT_SUFFIX = ".yaml";

    private final AccessControl access;
    private final Subject subject;

    PathRights(AccessControl access, Subject subject) {
        this.access = access;
        this.subject = subject;
    }

    /** An object that a file is of. */
    private record Target(String kind, String name) {}

    /** Returns why files must not be changed, by path; each of the first ones is recorded. */
    SortedMap<StatePath, String> refusals(List<PathDifference> differences, Snapshot tip) throws StateException {
        SortedMap<StatePath, String> refusals = new TreeMap<>();
        for (PathDifference difference : differences) {
            String verb = difference.after().isPresent() ? AccessControl.WRITE : AccessControl.DELETE;
            Target target = target(difference.path());
            if (!access.permits(subject, verb, target.kind(), target.name())) {
                refusals.put(difference.path(), refusal(verb, target, refusals.size()));
            }
        }
        return refusals.isEmpty() ? excess(differences, tip) : refusals;
    }

    /** Returns why nobody may give more rights by it than one has: of the first file that does. */
    private SortedMap<StatePath, String> excess(List<PathDifference> differences, Snapshot tip) throws StateException {
        SortedMap<StatePath, String> refusals = new TreeMap<>();
        Map<StatePath, Optional<Content>> targets = new TreeMap<>();
        for (PathDifference difference : differences) {
            targets.put(
                    difference.path(),
                    difference.after().isPresent()
                            ? Optional.of(tip.content(difference.after().get()))
                            : Optional.empty());
        }
        try {
            access.requireHeld(subject, targets);
        } catch (AccessException e) {
            refusals.put(targets.keySet().iterator().next(), String.valueOf(e.getMessage()));
        }
        return refusals;
    }

    private String refusal(String verb, Target target, int before) {
        if (before < MAX_RECORDED) {
            try {
                access.require(subject, verb, target.kind(), target.name());
            } catch (AccessException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "you may not " + verb + " " + target.kind() + "/" + target.name();
    }

    /** Returns the object that a file is of. What no object is made of is for those who may write all of the state. */
    private static Target target(StatePath path) {
        List<String> segments = new ArrayList<>(path.segments());
        if (segments.size() > 2 && (path.isBelow("groups") || path.isBelow("nodes"))) {
            segments.subList(0, 2).clear();
        }
        String first = segments.get(0);
        String last = segments.get(segments.size() - 1);
        if (segments.size() == 1 && first.equals("features.yaml")) {
            return new Target("feature", first);
        }
        if (segments.size() == 2 && first.equals("deploy")) {
            return new Target("artifact", last);
        }
        if (segments.size() == 2 && first.equals("config") && last.endsWith(CONFIGURATION_SUFFIX)) {
            return new Target("configuration", without(last, CONFIGURATION_SUFFIX));
        }
        if (segments.size() == 3 && first.equals("objects") && last.endsWith(OBJECT_SUFFIX)) {
            return new Target(segments.get(1), without(last, OBJECT_SUFFIX));
        }
        return new Target(STATE, path.value());
    }

    private static String without(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }
}
