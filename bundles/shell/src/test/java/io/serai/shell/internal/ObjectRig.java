package io.serai.shell.internal;

import io.serai.api.object.ObjectKind;
import io.serai.cluster.internal.kind.CreateTokenAction;
import io.serai.cluster.internal.kind.ForgetAction;
import io.serai.cluster.internal.kind.NodeKind;
import io.serai.cluster.internal.kind.RotateCertificateAction;
import io.serai.deployer.internal.kind.ArtifactKind;
import io.serai.deployer.internal.kind.ConfigurationKind;
import io.serai.http.internal.channel.RestChannelKind;
import io.serai.objects.internal.Actions;
import io.serai.objects.internal.AllKinds;
import io.serai.objects.internal.Guard;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.ObservedKinds;
import io.serai.objects.internal.StateObjects;
import io.serai.objects.internal.history.ConflictKind;
import io.serai.objects.internal.history.ResolveAction;
import io.serai.objects.internal.history.RevertAction;
import io.serai.objects.internal.history.RevisionKind;
import io.serai.objects.internal.index.ObjectIndexes;
import io.serai.objects.internal.text.TextCodec;
import io.serai.shell.internal.object.Heads;
import java.util.List;

/** The real object model, over the state and the cluster of a test. */
final class ObjectRig {
    private final StateObjects objects;
    private final Actions actions;
    private final TextCodec codec;
    final Heads heads;

    ObjectRig(MemoryState state, FakeCluster cluster, FakeUsers users) {
        Kinds kinds = new Kinds();
        for (ObjectKind kind : List.of(new RestChannelKind(), new ArtifactKind(), new ConfigurationKind())) {
            kinds.add(kind);
        }
        ObservedKinds observed = new ObservedKinds();
        observed.add(new RevisionKind(state));
        observed.add(new ConflictKind(cluster.replica()));
        observed.add(new NodeKind(cluster));
        AllKinds all = new AllKinds(kinds, observed);
        codec = new TextCodec(kinds);
        Guard guard = new Guard(users, new KeptAudit());
        objects = new StateObjects(state, all, new ObjectIndexes(kinds, codec), codec, guard);
        actions = new Actions(all, state, guard);
        actions.add(new RevertAction(state, users));
        actions.add(new ResolveAction(cluster.replica(), state, users));
        actions.add(new CreateTokenAction(cluster));
        actions.add(new ForgetAction(cluster));
        actions.add(new RotateCertificateAction(cluster, cluster));
        heads = new Heads(state);
    }

    /** Returns what commands refer to. */
    List<Object> services() {
        return List.of(objects, actions, codec, heads);
    }
}
