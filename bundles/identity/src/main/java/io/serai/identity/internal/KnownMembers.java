package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import java.util.List;

/**
 * The members as this node has heard of them last, for when its state does not name them.
 *
 * @param version of this form
 * @param joining whether the state has not named this node yet since it was let in
 * @param members all of them
 */
record KnownMembers(int version, boolean joining, List<Member> members) {
    static final int VERSION = 1;
    static final KnownMembers NONE = new KnownMembers(VERSION, false, List.of());

    KnownMembers {
        members = members == null ? List.of() : List.copyOf(members);
    }
}
