package io.serai.api.state;

import java.util.regex.Pattern;

/**
 * How the nodes are to apply a commit. A commit asks for it by a line of its message, so that whoever can commit can ask,
 * with {@code git commit} as well. What a commit removes is removed by all nodes at once, whatever it asks for.
 */
public enum Pace {
    /** All nodes at the same time; what a commit gets that asks for nothing. */
    AT_ONCE,
    /**
     * Node by node in the order of their names, each as soon as the ones before it serve the new content, and no further
     * once it has failed on a node; asked for by the line {@code Apply: rolling}.
     */
    ROLLING;

    private static final String LINE = "Apply: rolling";
    private static final Pattern ASKS = Pattern.compile("(?mi)^apply:[ \\t]*rolling[ \\t]*\\r?$");

    /** Returns what a commit of this message asks for. */
    public static Pace of(String message) {
        return ASKS.matcher(message).find() ? ROLLING : AT_ONCE;
    }

    /** Returns a message with the line that asks for this; the message itself if it does, or if there is none to ask for it. */
    public String in(String message) {
        return this == of(message) || this == AT_ONCE ? message : message.stripTrailing() + "\n\n" + LINE + "\n";
    }
}
