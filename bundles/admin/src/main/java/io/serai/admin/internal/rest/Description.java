package io.serai.admin.internal.rest;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObservedKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The answer that describes the API, made anew only when kinds or actions have come, gone or changed. Thread-safe. */
final class Description {
    private volatile Optional<Made> last = Optional.empty();

    /** All of a kind, or of an action, that the description tells: equal parts make an equal description. */
    private record Part(String type, String kind, String action, String schema) {
        static Part of(ObjectKind kind) {
            String type = kind instanceof FileKind ? "file" : kind instanceof ObservedKind ? "observed" : "kept";
            return new Part(type, kind.name(), "", kind.schema());
        }

        static Part of(ObjectAction action) {
            return new Part(action.ofObject() ? "object" : "whole", action.kind(), action.name(), action.schema());
        }
    }

    private record Made(List<Part> parts, ApiAnswer answer) {}

    ApiAnswer of(List<ObjectKind> kinds, List<ObjectAction> actions) {
        List<Part> parts = Stream.concat(
                        kinds.stream().map(Part::of), actions.stream().map(Part::of))
                .toList();
        Optional<Made> before = last.filter(made -> made.parts().equals(parts));
        if (before.isPresent()) {
            return before.get().answer();
        }
        ApiAnswer answer = ApiAnswer.ok(new OpenApi(kinds, actions).document());
        last = Optional.of(new Made(parts, answer));
        return answer;
    }
}
