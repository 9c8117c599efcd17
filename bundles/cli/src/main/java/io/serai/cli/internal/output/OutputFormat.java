package io.serai.cli.internal.output;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.util.Optional;

/**
 * What objects are printed as.
 *
 * @param form which form
 * @param path what is printed of each, for {@link Form#JSONPATH}
 */
public record OutputFormat(Form form, Optional<JsonPath> path) {
    private static final String JSONPATH = "jsonpath=";

    /** The forms. */
    public enum Form {
        /** Columns that matter. */
        TABLE,
        /** All columns. */
        WIDE,
        /** What the API answers, byte by byte. */
        JSON,
        /** Documents that can be applied. */
        YAML,
        /** Kind and name. */
        NAME,
        /** What a path leads to. */
        JSONPATH
    }

    /** Reads what a person wrote behind {@code -o}. */
    public static OutputFormat of(String text) throws CommandException {
        if (text.startsWith(JSONPATH)) {
            return new OutputFormat(Form.JSONPATH, Optional.of(new JsonPath(text.substring(JSONPATH.length()))));
        }
        Form form =
                switch (text) {
                    case "table" -> Form.TABLE;
                    case "wide" -> Form.WIDE;
                    case "json" -> Form.JSON;
                    case "yaml" -> Form.YAML;
                    case "name" -> Form.NAME;
                    default -> throw CommandException.of(
                            ExitCode.USAGE,
                            "'" + text + "' is no form of output",
                            "-o table, wide, json, yaml, name or jsonpath={.spec.path}");
                };
        return new OutputFormat(form, Optional.empty());
    }

    /** Returns whether it is a table of some kind. */
    public boolean isTable() {
        return form == Form.TABLE || form == Form.WIDE;
    }
}
