package io.serai.shell.internal;

import io.serai.api.security.AccessControl;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Shows a commit, or a file as it was at a commit. */
@Service
@Command(scope = "state", name = "show", description = "Shows a commit, or a file as it was at a commit")
public class StateShowCommand extends SeraiCommand {
    private static final long LARGEST_TEXT_BYTES = 1 << 20;

    @Reference
    StateRepository repository;

    @Argument(index = 0, name = "revision", description = "The commit: an id, HEAD, HEAD~3")
    @Completion(RevisionCompleter.class)
    @Nullable String revision;

    @Argument(index = 1, name = "path", description = "The file whose content is wanted")
    @Completion(StatePathCompleter.class)
    @Nullable String path;

    @Argument(index = 2, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(value = StringsCompleter.class, values = "--json")
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "state", "");
        String commit = revision == null ? "HEAD" : revision;
        if (path == null) {
            StateFiles files = new StateFiles(repository);
            Revision shown = files.revision(commit);
            show(shown, files.changes(shown), out);
        } else {
            show(repository.at(repository.resolve(commit)), path, out);
        }
    }

    private void show(Revision shown, List<PathDifference> changes, PrintStream out) throws IOException {
        if (json) {
            Map<String, @Nullable Object> shape = JsonOutput.revision(shown);
            shape.put("files", changes.stream().map(JsonOutput::difference).toList());
            JsonOutput.print(out, shape);
            return;
        }
        out.println("commit " + shown.commit());
        out.println("author " + shown.author().name() + " (" + shown.author().face() + ")");
        out.println("time   " + Wording.time(shown.time()));
        out.println();
        shown.message().lines().forEach(line -> out.println("    " + line));
        out.println();
        changes.forEach(change -> out.println(String.format("%-8s %s", Wording.change(change), change.path())));
    }

    private void show(Snapshot snapshot, String text, PrintStream out) throws Exception {
        KnownNames known = KnownNames.ofPaths("file", snapshot.files().keySet().stream());
        StatePath file = known.findPath(text).orElseThrow(() -> known.unknown(text));
        BlobId blob = Objects.requireNonNull(snapshot.files().get(file));
        Content content = snapshot.content(blob);
        Optional<String> words = text(content);
        if (json) {
            Map<String, @Nullable Object> shape = new LinkedHashMap<>();
            shape.put("commit", snapshot.commit().value());
            shape.put("path", file.value());
            shape.put("blob", blob.value());
            shape.put("bytes", content.size());
            shape.put("text", words.orElse(null));
            JsonOutput.print(out, shape);
        } else if (words.isPresent()) {
            out.print(words.get());
        } else {
            out.println(file + " is not text, or too long to print: " + content.size() + " bytes, blob " + blob);
        }
    }

    private static Optional<String> text(Content content) throws IOException {
        if (content.size() > LARGEST_TEXT_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = content.bytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text).filter(each -> each.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
