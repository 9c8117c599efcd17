package io.serai.cli.internal.catalog;

import java.util.Map;

/**
 * Something that can be done with objects of a kind.
 *
 * @param name the verb
 * @param ofObject whether it is done with one object, or with the kind
 * @param schema the JSON Schema of its parameters
 */
public record ActionModel(String name, boolean ofObject, Map<String, Object> schema) {}
