package io.serai.access.internal.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * What has passed on one node of one of those that are counted for themselves.
 *
 * @param passed how many since its process began to count it
 * @param window the window of the quota, see {@link Windows}
 * @param counted how many in that window
 */
record Usage(long passed, long window, long counted) {
    private static final String BEGIN = "{\"v\":1,\"u\":[";
    private static final String END = "]}";
    private static final int NUMBERS = 4;
    private static final int MOST_CHARACTERS = 64_000; // of the 65,536 that a value of a cluster map may have

    /** Returns a message for other nodes: version 1 has a list with identity, passed, window and counted of each. */
    static String write(Map<Long, Usage> usages) {
        StringBuilder text = new StringBuilder(BEGIN);
        usages.forEach((id, usage) -> {
            if (text.length() < MOST_CHARACTERS - 100) {
                text.append(text.length() == BEGIN.length() ? "" : ",").append(id);
                text.append(',').append(usage.passed());
                text.append(',').append(usage.window());
                text.append(',').append(usage.counted());
            }
        });
        return text.append(END).toString();
    }

    /**
     * Reads such a message.
     *
     * @throws IllegalArgumentException if it is none, or of another version
     */
    static Map<Long, Usage> read(String text) {
        Map<Long, Usage> usages = new HashMap<>();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw new IllegalArgumentException("it is not of version 1");
        }
        String list = text.substring(BEGIN.length(), text.length() - END.length());
        String[] numbers = list.isEmpty() ? new String[0] : list.split(",", -1);
        for (int i = 0; i + NUMBERS <= numbers.length; i += NUMBERS) {
            usages.put(
                    Long.parseLong(numbers[i]),
                    new Usage(
                            Long.parseLong(numbers[i + 1]),
                            Long.parseLong(numbers[i + 2]),
                            Long.parseLong(numbers[i + 3])));
        }
        return usages;
    }
}
