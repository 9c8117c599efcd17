package io.serai.deployer.internal.reconcile;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.io.InputStream;

/**
 * Content that is looked up when it is read: most of it is not after a restart.
 *
 * @param repository the repository that has it, now or in its history
 * @param blob its identity
 */
public record StateContent(StateRepository repository, BlobId blob) implements Content {

    @Override
    public long size() throws IOException {
        return content().size();
    }

    @Override
    public InputStream open() throws IOException {
        return content().open();
    }

    private Content content() throws IOException {
        try {
            return repository.head().content(blob);
        } catch (StateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
