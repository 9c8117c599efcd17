package io.serai.state.internal.merge;

import io.serai.api.state.StatePath;

/**
 * A file that two histories changed in different ways.
 *
 * @param path the file, as the loser names it
 * @param won what counts from now on; for a name that cannot stand beside another, what has that other name
 * @param lost what was put aside; its commit has the content, or removed the file
 */
public record PathConflict(StatePath path, Touch won, Touch lost) {}
