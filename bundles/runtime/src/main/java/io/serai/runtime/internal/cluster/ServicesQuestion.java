package io.serai.runtime.internal.cluster;

import io.serai.api.cluster.ClusterQuestion;
import io.serai.runtime.internal.registry.ServiceDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells other nodes, and this one, of the services of this one: a {@link ServicesAnswer}. The argument is empty. */
@Component(service = ClusterQuestion.class, property = ClusterQuestion.NAME + "=" + ServicesQuestion.QUESTION)
public final class ServicesQuestion implements ClusterQuestion {
    static final String QUESTION = "services";

    private final ServiceDirectory directory;

    /** Tells of the services of a directory. */
    @Activate
    public ServicesQuestion(@Reference ServiceDirectory directory) {
        this.directory = directory;
    }

    @Override
    public byte[] answer(byte[] argument) {
        return new ServicesAnswer(
                        ServicesAnswer.VERSION,
                        directory.services().stream()
                                .map(service -> ServicesAnswer.Item.of(
                                        service,
                                        directory.recorder(service.name()).tally()))
                                .toList())
                .write();
    }
}
