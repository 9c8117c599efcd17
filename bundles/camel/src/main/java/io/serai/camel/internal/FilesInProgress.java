package io.serai.camel.internal;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The files that the exchanges of a route are at, and those that the exchanges of its earlier versions are still at: no
 * file is taken by two versions. Thread-safe.
 */
final class FilesInProgress implements IdempotentRepository {
    private final IdempotentRepository own;
    private volatile List<IdempotentRepository> earlier;
    private volatile boolean stopped;

    private FilesInProgress(IdempotentRepository own, List<IdempotentRepository> earlier) {
        this.own = own;
        this.earlier = earlier;
    }

    /** Has the endpoints of a context that is about to start leave alone what an earlier version of it is still at. */
    static void hand(RouteCamelContext previous, RouteCamelContext next) {
        List<IdempotentRepository> earlier =
                repositories(previous).flatMap(FilesInProgress::still).toList();
        if (!earlier.isEmpty()) {
            endpoints(next)
                    .forEach(endpoint -> endpoint.setInProgressRepository(
                            new FilesInProgress(endpoint.getInProgressRepository(), earlier)));
        }
    }

    private static Stream<IdempotentRepository> repositories(RouteCamelContext camel) {
        return endpoints(camel).map(GenericFileEndpoint::getInProgressRepository);
    }

    private static Stream<GenericFileEndpoint<?>> endpoints(RouteCamelContext camel) {
        return camel.getEndpoints().stream()
                .filter(GenericFileEndpoint.class::isInstance)
                .map(endpoint -> (GenericFileEndpoint<?>) endpoint);
    }

    /** Returns a repository and those it looks into itself, without any that has ended. */
    private static Stream<IdempotentRepository> still(IdempotentRepository repository) {
        if (repository instanceof FilesInProgress files) {
            Stream<IdempotentRepository> all = Stream.concat(Stream.of(files), files.earlier.stream());
            return all.filter(each -> !(each instanceof FilesInProgress other) || !other.stopped);
        }
        return Stream.of(repository);
    }

    @Override
    public boolean add(String file) {
        return earlier.stream().noneMatch(repository -> repository.contains(file)) && own.add(file);
    }

    @Override
    public boolean contains(String file) {
        return own.contains(file) || earlier.stream().anyMatch(repository -> repository.contains(file));
    }

    @Override
    public boolean remove(String file) {
        return own.remove(file);
    }

    @Override
    public boolean confirm(String file) {
        return own.confirm(file);
    }

    @Override
    public void clear() {
        own.clear();
    }

    @Override
    public void start() {
        own.start();
    }

    @Override
    public void stop() {
        stopped = true;
        own.stop();
        earlier = List.of(); // or each version would hold all before it
    }
}
