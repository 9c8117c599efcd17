package io.serai.cli.internal.output;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simple path into an object, as kubectl writes it: <code>{.spec.path}</code>, <code>{.items[*].name}</code>, <code>{.a[0]}</code>. */
public final class JsonPath {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]{}]+)|\\[(\\*|[0-9]{1,9})]|\\['([^']*)']");

    private final List<String> steps = new ArrayList<>();
    private final List<Boolean> names = new ArrayList<>();

    /** Reads a path; the braces and the first dot may be absent. */
    public JsonPath(String text) throws CommandException {
        String path = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        path = path.startsWith(".") || path.startsWith("[") ? path : "." + path;
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (step.find() && step.start() == end) {
            boolean index = step.group(2) != null;
            names.add(!index);
            steps.add(index ? step.group(2) : step.group(1) != null ? step.group(1) : step.group(3));
            end = step.end();
        }
        if (end != path.length()) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "'" + text + "' is not a path that can be read from '" + path.substring(end) + "' on",
                    "-o jsonpath={.spec.path}");
        }
    }

    /** Returns everything that the path leads to. */
    public List<Object> of(Object root) {
        List<Object> found = List.of(root);
        for (int i = 0; i < steps.size(); i++) {
            List<Object> next = new ArrayList<>();
            for (Object value : found) {
                step(value, steps.get(i), names.get(i), next);
            }
            found = next;
        }
        return found;
    }

    private static void step(Object value, String step, boolean name, List<Object> into) {
        if (name) {
            Object member = JsonTree.map(value).get(step);
            if (member != null) {
                into.add(member);
            }
            return;
        }
        List<Object> items =
                value instanceof Map ? new ArrayList<>(JsonTree.map(value).values()) : JsonTree.list(value);
        if (step.equals("*")) {
            into.addAll(items);
        } else if (Integer.parseInt(step) < items.size()) {
            into.add(items.get(Integer.parseInt(step)));
        }
    }
}
