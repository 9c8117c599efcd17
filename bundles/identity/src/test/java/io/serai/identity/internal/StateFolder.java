package io.serai.identity.internal;

import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateListener;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.members.ClusterFiles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens a real repository. Its bundle exports nothing, so this does what Declarative Services do in a node. */
final class StateFolder {
    private static final String PACKAGE = "io.serai.state.internal.";

    private StateFolder() {}

    static StateRepository open(Path directory, String node, HeadWatch heads) {
        try {
            Class<?> config = Class.forName(PACKAGE + "StateConfig");
            Map<String, Object> values = Map.of(
                    "directory", directory.toString(), "node", node, "groups", new String[0], "annotationType", config);
            Object proxy = Proxy.newProxyInstance(
                    config.getClassLoader(),
                    new Class<?>[] {config},
                    (self, method, arguments) -> values.get(method.getName()));
            Class<?> type = Class.forName(PACKAGE + "GitStateRepository");
            Constructor<?> constructor = type.getConstructor(config);
            Object repository = constructor.newInstance(proxy);
            set(repository, "validators", List.<ContentValidator>of(new ClusterFiles()));
            set(repository, "listeners", List.<StateListener>of(heads));
            return (StateRepository) repository;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot open a state repository in " + directory, e);
        }
    }

    static void close(StateRepository repository) {
        try {
            Method close = repository.getClass().getDeclaredMethod("close");
            close.setAccessible(true);
            close.invoke(repository);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot close a state repository", e);
        }
    }

    private static void set(Object repository, String name, Object value) throws ReflectiveOperationException {
        Field field = repository.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.set(repository, value);
    }
}
