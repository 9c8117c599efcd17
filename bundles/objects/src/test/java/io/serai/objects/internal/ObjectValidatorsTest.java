package io.serai.objects.internal;

import static io.serai.objects.internal.ObjectsRig.player;
import static io.serai.objects.internal.ObjectsRig.squad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.StateException;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

/** What comes by Git, by the shell or in any other way as a file is held to the same rules. */
public class ObjectValidatorsTest {
    private static final String REDS = "objects/squad/reds.yaml";
    private static final String MAX = "objects/player/max.yaml";

    @Rule
    public final ObjectsRig rig = new ObjectsRig();

    @Test
    public void namesLineColumnAndFieldOfWhatIsWrong() {
        refuses("kind: squad\nname: reds\nspec:\n  city: london\n", REDS + ":4:9: spec.city must match");
        refuses(
                "kind: squad\nname: reds\nspec:\n  citty: Leeds\n",
                REDS + ":4:10: spec.citty is no field here; did you mean city?");
        refuses(
                "kind: squad\nname: reds\nspec:\n  city: Leeds\n  colours: [green]\n",
                ":5:13: spec.colours.0 must be one of red, blue");
        refuses("kind: squad\nname: red\nspec: {}\n", ":2:7: name must be 'reds', as the file is called");
        refuses("kind: team\nname: reds\nspec: {}\n", ":1:7: kind must be 'squad'");
        refuses("kind: squad\nname: reds\n", "spec is missing; add it");
        refuses("kind: squad\nname: reds\nspce: {}\n", ":3:7: spce is no field of an object; did you mean spec?");
        refuses("", "has 0 documents");
        refuses("- squad\n", "must be a mapping");
    }

    @Test
    public void refusesASecretInClear() {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() ->
                        rig.commit(Map.of(MAX, "kind: player\nname: max\nspec:\n  squad: amateurs\n  pin: '1234'\n")))
                .withMessageContaining("has a pin in clear")
                .withMessageNotContaining("1234");
    }

    @Test
    public void findsReferencesWithinTheTextOfFiles() throws Exception {
        rig.put(squad("reds", "London"));

        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> rig.put(
                        new ObjectDocument(ObjectKey.of("script", "a.txt"), Map.of("text", "tell @reds and @blues"))))
                .withMessageContaining("names the squad 'blues', which is not there");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> rig.commit(Map.of("deploy/a.txt", "tell @blues")))
                .withMessageContaining("names the squad 'blues', which is not there");
        rig.commit(Map.of("deploy/a.txt", "tell @reds and @reds"));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> rig.commit(Map.of(), REDS))
                .withMessageContaining("is used by script/a.txt");
    }

    @Test
    public void refusesReferencesThatWouldBeLeftWithoutObject() throws Exception {
        rig.put(squad("reds", "London"), player("max", "reds"));

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> rig.commit(Map.of(), REDS))
                .withMessageContaining(REDS + ": is used by player/max");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> rig.commit(Map.of(
                        "objects/player/joe.yaml",
                        "kind: player\nname: joe\nspec:\n  squad: reds\n  guest: [amateurs, rods]\n")))
                .withMessageContaining("spec.guest.1 names the squad 'rods', which is not there; did you mean reds?");
        rig.commit(Map.of(), REDS, MAX);
        assertThat(rig.state().head().files()).isEmpty();
    }

    @Test
    public void refusesObjectsForOneGroupThatAreTheSameEverywhere() throws Exception {
        rig.kinds().add(new Leagues());

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> rig.commit(
                        Map.of("groups/web/objects/league/first.yaml", "kind: league\nname: first\nspec: {}\n")))
                .withMessageContaining("a league is the same on all nodes, and would not count here");
        rig.commit(Map.of("objects/league/first.yaml", "kind: league\nname: first\nspec: {}\n"));
        rig.commit(Map.of("groups/web/" + REDS, "kind: squad\nname: reds\nspec:\n  city: Leeds\n"));
    }

    /** A kind whose objects are the same on all nodes. */
    private static final class Leagues implements ObjectKind {
        @Override
        public String name() {
            return "league";
        }

        @Override
        public String schema() {
            return "{\"type\": \"object\", \"additionalProperties\": false}";
        }

        @Override
        public boolean everywhere() {
            return true;
        }
    }

    private void refuses(String text, String words) {
        assertThatExceptionOfType(StateException.class)
                .as(text)
                .isThrownBy(() -> rig.commit(Map.of(REDS, text)))
                .withMessageContaining(words);
    }
}
