package io.serai.cluster.internal.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers.
 *
 * @param refusal why it did not do what it was asked for; null if it did
 * @param head the head of the node after it
 * @param length the length of the pack, or of the content
 * @param transfer the number of the transfer that has the rest of the pack; 0 if there is none
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Answer(@Nullable Refusal refusal, @Nullable String head, long length, long transfer) {

    /**
     * Why a node did not do what it was asked for.
     *
     * @param reason the name of a {@link Reason}
     * @param message what a person reads
     * @param paths the files to blame, and what is wrong with each
     */
    public record Refusal(Reason reason, String message, Map<String, String> paths) {}

    /** Makes an answer that is nothing but its payload. */
    public static Answer done() {
        return new Answer(null, null, 0, 0);
    }

    /** Makes an answer with a head. */
    public static Answer head(String head) {
        return new Answer(null, head, 0, 0);
    }

    /** Makes an answer with the beginning of a pack. */
    public static Answer pack(long length, long transfer) {
        return new Answer(null, null, length, transfer);
    }

    /** Makes an answer with a part of a content. */
    public static Answer part(long length) {
        return new Answer(null, null, length, 0);
    }

    /** Makes an answer that says no. */
    public static Answer refused(StateException e) {
        Map<String, String> paths = new TreeMap<>();
        e.paths().forEach((path, fault) -> paths.put(path.value(), fault));
        return new Answer(new Refusal(e.reason(), String.valueOf(e.getMessage()), paths), null, 0, 0);
    }

    /** Returns the same with a head. */
    public Answer at(String head) {
        return new Answer(refusal, head, length, transfer);
    }

    /** Throws what the other node has thrown, if it has. */
    public void check() throws StateException {
        if (refusal != null) {
            Map<StatePath, String> paths = new HashMap<>();
            refusal.paths().forEach((path, fault) -> paths.put(new StatePath(path), fault));
            throw new StateException(refusal.reason(), refusal.message(), paths, null);
        }
    }
}
