package io.serai.deployer.internal.rolling;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;

/**
 * Content that is to be applied node by node.
 *
 * @param path the artifact, relative to its layer
 * @param blob the content
 * @param commit the change that asks for it
 */
public record RollingContent(StatePath path, BlobId blob, CommitId commit) {}
