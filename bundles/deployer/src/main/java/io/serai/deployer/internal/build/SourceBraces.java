package io.serai.deployer.internal.build;

/** Counts the braces of a Java source outside comments, strings and characters. */
final class SourceBraces {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private int depth;
    private boolean closed;

    private SourceBraces(String source) {
        this.source = source;
    }

    /** Returns whether a source ends after its last closing brace: every declaration has one. */
    static boolean balanced(String source) {
        SourceBraces braces = new SourceBraces(source);
        int position = 0;
        while (position >= 0 && position < source.length()) {
            position = braces.next(position);
        }
        return position >= 0 && braces.closed && braces.depth <= 0;
    }

    /** Returns where to go on after the token that starts here; negative if it has no end. */
    private int next(int start) {
        switch (source.charAt(start)) {
            case '{' -> depth++;
            case '}' -> {
                depth--;
                closed = true;
            }
            case '/' -> {
                return afterSlash(start);
            }
            case '"' -> {
                return source.startsWith(TEXT_BLOCK, start)
                        ? after(TEXT_BLOCK, start + TEXT_BLOCK.length())
                        : after("\"", start + 1);
            }
            case '\'' -> {
                return after("'", start + 1);
            }
            default -> {}
        }
        return start + 1;
    }

    private int afterSlash(int start) {
        if (source.startsWith("//", start)) {
            int end = source.indexOf('\n', start);
            return end < 0 ? source.length() : end;
        }
        if (source.startsWith("/*", start)) {
            int end = source.indexOf("*/", start + 2);
            return end < 0 ? -1 : end + 2;
        }
        return start + 1;
    }

    /** Skips to the end of a literal; one of a single line ends with it, as the compiler has it. */
    private int after(String quote, int start) {
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            if (source.startsWith(quote, i)) {
                return i + quote.length();
            }
            if (c == '\n' && !quote.equals(TEXT_BLOCK)) {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }
}
