package io.serai.objects.internal;

import static io.serai.objects.internal.ObjectsRig.ANN;
import static io.serai.objects.internal.ObjectsRig.EVE;
import static io.serai.objects.internal.ObjectsRig.player;
import static io.serai.objects.internal.ObjectsRig.squad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectChange.Options;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectPage;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectResult.Difference;
import io.serai.api.object.ObjectResult.Outcome;
import io.serai.api.object.ObjectView;
import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

public class StateObjectsTest {
    private static final ObjectKey REDS = ObjectKey.of("squad", "reds");

    @Rule
    public final ObjectsRig rig = new ObjectsRig();

    @Test
    public void aNewObjectIsOneCommitByWhoPutIt() throws Exception {
        ObjectResult result = rig.put(squad("reds", "London"));

        assertThat(result.outcomes()).extracting(Outcome::action).containsExactly(Action.CREATED);
        assertThat(rig.state().revision(result.commit()).author().name()).isEqualTo("ann");
        assertThat(rig.state().revision(result.commit()).message()).isEqualTo("Created squad/reds");
        ObjectView view = rig.objects().get(ANN, REDS);
        assertThat(view.spec()).isEqualTo(Map.of("city", "London"));
        assertThat(view.version()).isEqualTo(result.commit());
    }

    @Test
    public void theSameAgainIsUnchangedAndNoCommit() throws Exception {
        CommitId first = rig.put(squad("reds", "London"), player("max", "reds")).commit();

        ObjectResult again = rig.put(player("max", "reds"), squad("reds", "London"));

        assertThat(again.outcomes()).extracting(Outcome::action).containsOnly(Action.UNCHANGED);
        assertThat(again.commit()).isEqualTo(first).isEqualTo(rig.state().head().commit());
        assertThat(again.paths()).isEmpty();
    }

    @Test
    public void tellsWhichFieldsDiffer() throws Exception {
        rig.put(squad("reds", "London"));

        ObjectResult result = rig.put(squad("reds", "Leeds"));

        assertThat(result.outcomes().get(0).action()).isEqualTo(Action.CONFIGURED);
        assertThat(result.outcomes().get(0).differences())
                .containsExactly(new Difference("/spec/city", Optional.of("London"), Optional.of("Leeds")));
    }

    @Test
    public void changesAllOrNothingAndNamesEverythingThatIsWrong() throws Exception {
        CommitId head = rig.state().head().commit();
        ObjectDocument misspelt =
                new ObjectDocument(ObjectKey.of("squad", "blues"), Map.of("citty", "Leeds", "founded", "old"));

        ObjectException refusal = refusal(ObjectChange.put(List.of(squad("reds", "London"), misspelt)));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.problems())
                .containsExactlyInAnyOrder(
                        new Problem("squad/blues", "/spec/citty", "is no field here; did you mean city?"),
                        new Problem("squad/blues", "/spec/city", "is missing; add it"),
                        new Problem("squad/blues", "/spec/founded", "must be of type integer, and is string"));
        assertThat(rig.state().head().commit()).isEqualTo(head);
    }

    @Test
    public void refusesAReferenceToWhatIsNotThere() throws Exception {
        rig.put(squad("reds", "London"));

        assertThat(refusal(ObjectChange.put(List.of(player("max", "redss")))).problems())
                .containsExactly(new Problem(
                        "player/max",
                        "/spec/squad",
                        "names the squad 'redss', which is not there; did you mean reds?"));
        rig.put(squad("blues", "Leeds"), player("max", "blues"));
        rig.put(player("joe", "amateurs"));
    }

    @Test
    public void refusesToRemoveWhatIsUsedUnlessUsersGoAlong() throws Exception {
        rig.put(squad("reds", "London"), player("max", "reds"), player("joe", "reds"), player("ann", "amateurs"));
        ObjectChange removal = ObjectChange.delete(Set.of(REDS));

        ObjectException refusal = refusal(removal);
        ObjectResult cascade = rig.objects().apply(ANN, removal.with(new Options(false, true, Set.of(), Pace.AT_ONCE)));

        assertThat(refusal.reason()).isEqualTo(Reason.IN_USE);
        assertThat(refusal).hasMessageContaining("squad/reds is used by player/joe, player/max");
        assertThat(cascade.outcomes())
                .extracting(outcome -> outcome.key().toString())
                .containsExactly("player/joe", "player/max", "squad/reds");
        assertThat(names("player")).containsExactly("ann");
    }

    @Test
    public void aUserThatIsChangedInTheSameStepDoesNotHinder() throws Exception {
        rig.put(squad("reds", "London"), squad("blues", "Leeds"), player("max", "reds"));

        rig.objects()
                .apply(
                        ANN,
                        new ObjectChange(
                                List.of(player("max", "blues")), Set.of(REDS), Map.of(), "moved", Options.DEFAULT));

        assertThat(names("squad")).containsExactly("amateurs", "blues");
    }

    @Test
    public void aStaleWriteIsToldWhatOthersHaveChanged() throws Exception {
        rig.put(squad("reds", "London"));
        String seen = rig.objects().get(ANN, REDS).etag();
        rig.put(squad("reds", "Leeds"));

        ObjectException refusal = refusal(
                new ObjectChange(List.of(squad("reds", "York")), Set.of(), Map.of(REDS, seen), "", Options.DEFAULT));

        assertThat(refusal.reason()).isEqualTo(Reason.STALE);
        assertThat(refusal.problems())
                .containsExactly(new Problem("squad/reds", "/spec/city", "was London, and is now Leeds"));
    }

    @Test
    public void whatMustBeNewMustNotBeThere() throws Exception {
        ObjectChange create = new ObjectChange(
                List.of(squad("reds", "London")), Set.of(), Map.of(REDS, ObjectChange.ABSENT), "", Options.DEFAULT);
        rig.objects().apply(ANN, create);

        assertThat(refusal(create).reason()).isEqualTo(Reason.STALE);
    }

    @Test
    public void aDryRunTellsAllAndChangesNothing() throws Exception {
        rig.put(squad("reds", "London"));
        CommitId head = rig.state().head().commit();

        ObjectResult result = rig.objects()
                .apply(
                        ANN,
                        ObjectChange.put(List.of(squad("reds", "Leeds"), squad("blues", "York")))
                                .with(Options.DRY_RUN));

        assertThat(result.outcomes()).extracting(Outcome::action).containsExactly(Action.CREATED, Action.CONFIGURED);
        assertThat(rig.state().head().commit()).isEqualTo(head);
        assertThat(refusal(ObjectChange.put(List.of(player("max", "none"))).with(Options.DRY_RUN))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    public void pruningRemovesWhatIsNotPut() throws Exception {
        rig.put(squad("reds", "London"), squad("blues", "Leeds"), player("max", "reds"));

        rig.objects()
                .apply(
                        ANN,
                        ObjectChange.put(List.of(squad("reds", "London")))
                                .with(new Options(false, false, Set.of("squad"), Pace.AT_ONCE)));

        assertThat(names("squad")).containsExactly("amateurs", "reds");
        assertThat(names("player")).containsExactly("max");
    }

    @Test
    public void secretsAreKeptAndNeverShown() throws Exception {
        ObjectKey max = ObjectKey.of("player", "max");
        rig.put(new ObjectDocument(max, Map.of("squad", "amateurs", "pin", "1234")));
        String file = new String(
                rig.state()
                        .head()
                        .content(new StatePath("objects/player/max.yaml"))
                        .orElseThrow()
                        .bytes(),
                StandardCharsets.UTF_8);

        ObjectResult other = rig.put(new ObjectDocument(max, Map.of("squad", "amateurs", "number", 9L)));

        assertThat(file).contains("pinHash").doesNotContain("1234");
        assertThat(rig.objects().get(ANN, max).spec())
                .isEqualTo(Map.of("squad", "amateurs", "number", 9L, "hasPin", true));
        // what is exported makes an equal export elsewhere: nothing that nobody can give
        assertThat(rig.objects().export(ANN, Set.of("player")).get(0).spec())
                .isEqualTo(Map.of("squad", "amateurs", "number", 9L));
        assertThat(other.outcomes().get(0).differences())
                .extracting(Difference::pointer)
                .containsExactly("/spec/number");
    }

    @Test
    public void whoMayOnlyReadChangesNothingAndSeesNothingElse() throws Exception {
        rig.put(squad("reds", "London"), squad("hidden", "Leeds"));
        CommitId head = rig.state().head().commit();

        assertThat(refusal(EVE, ObjectChange.put(List.of(squad("reds", "York"))))
                        .reason())
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal(EVE, ObjectChange.delete(Set.of(REDS))).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(rig.objects().list(EVE, ObjectQuery.all("squad")).objects())
                .extracting(view -> view.key().name())
                .containsExactly("amateurs", "reds");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> rig.objects().get(EVE, ObjectKey.of("squad", "hidden")))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN));
        assertThat(rig.objects().export(EVE, Set.of("squad")))
                .extracting(document -> document.key().name())
                .containsExactly("reds");
        assertThat(rig.state().head().commit()).isEqualTo(head);
    }

    @Test
    public void whatIsBuiltInIsThereAndStays() throws Exception {
        assertThat(rig.objects().get(ANN, ObjectKey.of("squad", "amateurs")).spec())
                .isEqualTo(Map.of("city", "Anywhere"));
        assertThat(refusal(ObjectChange.put(List.of(squad("amateurs", "Leeds"))))
                        .reason())
                .isEqualTo(Reason.UNSUPPORTED);
        assertThat(refusal(ObjectChange.delete(Set.of(ObjectKey.of("squad", "amateurs"))))
                        .reason())
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    public void proposesTheNearestKindAndName() throws Exception {
        rig.put(squad("reds", "London"));

        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> rig.objects().get(ANN, ObjectKey.of("squad", "rets")))
                .withMessage("There is no squad/rets; did you mean reds?");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> rig.objects().list(ANN, ObjectQuery.all("squat")))
                .withMessage("There is no kind 'squat'; did you mean squad?");
        assertThat(refusal(ObjectChange.delete(Set.of(ObjectKey.of("squad", "rets"))))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    public void groupsAndNodesHaveObjectsOfTheirOwn() throws Exception {
        ObjectKey layered = new ObjectKey("squad", "reds", "groups/north");
        rig.put(squad("reds", "London"), new ObjectDocument(layered, Map.of("city", "York")), player("max", "reds"));

        assertThat(rig.state().head().files().keySet().toString()).contains("groups/north/objects/squad/reds.yaml");
        assertThat(rig.objects().get(ANN, layered).spec()).isEqualTo(Map.of("city", "York"));
        // the other one is still there for its user
        rig.objects().apply(ANN, ObjectChange.delete(Set.of(REDS)));
        assertThat(refusal(ObjectChange.delete(Set.of(layered))).reason()).isEqualTo(Reason.IN_USE);
    }

    @Test
    public void listsInPagesThatGoOnAfterWhatWasRemoved() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            rig.put(squad(name, "London"));
        }
        ObjectPage first = rig.objects().list(ANN, new ObjectQuery("squad", List.of(), 2, Optional.empty()));
        rig.objects().apply(ANN, ObjectChange.delete(Set.of(ObjectKey.of("squad", "a"))));

        List<String> seen = new ArrayList<>(
                first.objects().stream().map(v -> v.key().name()).toList());
        Optional<String> next = first.next();
        while (next.isPresent()) {
            ObjectPage page = rig.objects().list(ANN, new ObjectQuery("squad", List.of(), 2, next));
            page.objects().forEach(view -> seen.add(view.key().name()));
            next = page.next();
        }

        assertThat(first.total()).isEqualTo(5);
        assertThat(seen).containsExactly("a", "amateurs", "b", "c", "d");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(
                        () -> rig.objects().list(ANN, new ObjectQuery("squad", List.of(), 2, Optional.of("!garbage"))))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    public void filtersByFields() throws Exception {
        rig.put(
                new ObjectDocument(REDS, Map.of("city", "London", "colours", List.of("red", "blue"))),
                squad("blues", "Leeds"));

        assertThat(found("spec.colours", Operator.IS, "red")).containsExactly("reds");
        assertThat(found("spec.city", Operator.CONTAINS, "LE")).containsExactly("blues");
        assertThat(found("spec.colours", Operator.NOT, "red")).containsExactly("amateurs", "blues");
        assertThat(found("spec.nothing", Operator.IS, "x")).isEmpty();
    }

    @Test
    public void filesAreObjectsThatAreExportedWhole() throws Exception {
        ObjectKey script = ObjectKey.of("script", "hello.txt");
        rig.put(new ObjectDocument(script, Content.of("one".getBytes(StandardCharsets.UTF_8))));

        List<ObjectDocument> exported = rig.objects().export(ANN, Set.of());
        ObjectResult again = rig.put(exported.toArray(ObjectDocument[]::new));
        ObjectResult other = rig.put(new ObjectDocument(script, Map.of("text", "other")));

        assertThat(rig.objects().get(ANN, script).spec()).isEqualTo(Map.of("bytes", 5L));
        assertThat(exported).extracting(ObjectDocument::spec).containsExactly(Map.of("text", "one"));
        assertThat(again.outcomes()).extracting(Outcome::action).containsExactly(Action.UNCHANGED);
        assertThat(other.outcomes().get(0).action()).isEqualTo(Action.CONFIGURED);
        assertThat(rig.objects().content(ANN, script).bytes()).asString().isEqualTo("other");
    }

    @Test
    public void anObjectThatCannotBeReadIsShownAndCanBeReplaced() throws Exception {
        rig.kinds().remove(rig.kinds().find("squad").orElseThrow().kind());
        rig.commit(Map.of("objects/squad/reds.yaml", "kind: squad\nname: reds\nspec: {citty: x}\n"));
        rig.kinds().add(new ObjectsRig.Squads());

        ObjectView broken = rig.objects().get(ANN, REDS);
        rig.put(squad("reds", "London"));

        assertThat(broken.status()).containsEntry("state", "INVALID");
        assertThat(String.valueOf(broken.status().get("message"))).contains("objects/squad/reds.yaml:3:15", "citty");
        assertThat(rig.objects().get(ANN, REDS).spec()).isEqualTo(Map.of("city", "London"));
    }

    private List<String> found(String field, Operator operator, String value) throws ObjectException {
        ObjectQuery query =
                new ObjectQuery("squad", List.of(new Condition(field, operator, value)), 100, Optional.empty());
        return rig.objects().list(ANN, query).objects().stream()
                .map(view -> view.key().name())
                .toList();
    }

    private List<String> names(String kind) throws ObjectException {
        return rig.objects().list(ANN, ObjectQuery.all(kind)).objects().stream()
                .map(view -> view.key().name())
                .toList();
    }

    private ObjectException refusal(ObjectChange change) {
        return refusal(ANN, change);
    }

    private ObjectException refusal(Subject subject, ObjectChange change) {
        return catchThrowableOfType(ObjectException.class, () -> rig.objects().apply(subject, change));
    }
}
