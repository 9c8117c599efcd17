package io.serai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectQuery;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** What the audit log is told of what people do with objects. */
public class RecordTest {
    @Rule
    public final ObjectsRig rig = new ObjectsRig();

    @Test
    public void recordsAChangeOfManyObjectsOnce() throws Exception {
        List<ObjectDocument> many = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            many.add(ObjectsRig.squad("squad-" + number, "London"));
        }

        String commit = rig.put(many.toArray(ObjectDocument[]::new)).commit().value();
        rig.put(many.toArray(ObjectDocument[]::new)); // nothing is different
        rig.objects().apply(ObjectsRig.ANN, ObjectChange.put(many).with(ObjectChange.Options.DRY_RUN));

        assertThat(rig.recorded()).hasSize(1);
        Event event = rig.recorded().get(0);
        assertThat(event.user()).isEqualTo("ann");
        assertThat(event.action()).isEqualTo("write");
        assertThat(event.object())
                .startsWith("squad/squad-0, squad/squad-1, ")
                .endsWith(" more")
                .hasSizeLessThan(1_000);
        assertThat(event.outcome()).isEqualTo(Outcome.DONE);
        assertThat(event.detail()).isEqualTo("commit " + commit + ", 1000 created");
    }

    @Test
    public void recordsWhatWentWrongWithoutWhatWasGiven() {
        ObjectDocument wrong =
                new ObjectDocument(ObjectKey.of("squad", "reds"), Map.of("city", "a secret pasted into a field"));

        assertThatThrownBy(() -> rig.put(wrong)).isInstanceOf(ObjectException.class);
        assertThatThrownBy(() ->
                        rig.objects().apply(ObjectsRig.EVE, ObjectChange.delete(Set.of(ObjectKey.of("squad", "reds")))))
                .isInstanceOf(ObjectException.class);

        assertThat(rig.recorded()).hasSize(1); // what was forbidden is recorded by who forbids it
        assertThat(rig.recorded().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.recorded().get(0).object()).isEqualTo("squad/reds");
        assertThat(rig.recorded().get(0).detail()).isEqualTo("INVALID squad/reds/spec/city");
    }

    @Test
    public void refusesToGiveWhatOneHasNotAndToBringItBack() throws Exception {
        String path = "objects/squad/bosses.yaml";
        String past = rig.commit(Map.of(path, "kind: squad\nname: bosses\nspec:\n  city: London\n"))
                .value();
        rig.commit(Map.of(path, "kind: squad\nname: bosses\nspec:\n  city: Leeds\n"));
        Actions actions = new Actions(new AllKinds(rig.kinds(), new ObservedKinds()), rig.state(), rig.guard());

        assertThatThrownBy(() -> rig.put(ObjectsRig.squad("bosses", "London"))).hasMessage("ann is no boss");
        assertThatThrownBy(() ->
                        actions.act(ObjectsRig.ANN, "squad", Optional.of("bosses"), "rollback", Map.of("to", past)))
                .hasMessage("ann is no boss");
        assertThat(rig.recorded()).isEmpty(); // who refuses it records it
    }

    @Test
    public void recordsExportsButNotEachLook() throws Exception {
        rig.put(ObjectsRig.squad("reds", "London"));

        rig.objects().list(ObjectsRig.EVE, ObjectQuery.all("squad"));
        rig.objects().export(ObjectsRig.EVE, Set.of("squad"));

        assertThat(rig.recorded()).extracting(Event::action).containsExactly("write", "export");
        assertThat(rig.recorded().get(1).object()).isEqualTo("squad");
    }

    @Test
    public void recordsActionsWithTheParametersThatMayBeTold() throws Exception {
        Actions actions = new Actions(new AllKinds(rig.kinds(), new ObservedKinds()), rig.state(), rig.guard());
        actions.add(new Kick());

        actions.act(ObjectsRig.ANN, "squad", Optional.of("reds"), "kick", Map.of("who", "bob", "pin", "4711"));
        assertThatThrownBy(() -> actions.act(ObjectsRig.ANN, "squad", Optional.of("reds"), "kick", Map.of("who", "")))
                .hasMessageContaining("nobody");
        actions.act(ObjectsRig.EVE, "squad", Optional.of("eve"), "kick", Map.of("who", "herself"));
        assertThatThrownBy(() -> actions.act(ObjectsRig.EVE, "squad", Optional.of("reds"), "kick", Map.of("who", "x")))
                .hasMessageContaining("may not");

        assertThat(rig.recorded())
                .extracting(Event::user, Event::action, Event::object, Event::outcome, Event::detail)
                .containsExactly(
                        tuple("ann", "kick", "squad/reds", Outcome.DONE, "pin, who=bob"),
                        tuple("ann", "kick", "squad/reds", Outcome.FAILED, "INVALID"),
                        tuple("eve", "kick", "squad/eve", Outcome.DONE, "who=herself"));
    }

    /** An action that everybody may do with a squad of their own name. */
    private static final class Kick implements ObjectAction {
        @Override
        public String kind() {
            return "squad";
        }

        @Override
        public String name() {
            return "kick";
        }

        @Override
        public boolean ofObject() {
            return true;
        }

        @Override
        public boolean isOwn(Subject subject, String object) {
            return subject.name().equals(object);
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "description": "Kicks", "additionalProperties": false, "properties": {
                      "who": {"type": "string", "x-audit": true}, "pin": {"type": "string", "writeOnly": true}}}""";
        }

        @Override
        public Map<String, Object> run(Call call) throws ObjectException {
            if (call.text("who").orElse("").isEmpty()) {
                throw new ObjectException(Reason.INVALID, "nobody to kick", null);
            }
            return Map.of();
        }
    }
}
