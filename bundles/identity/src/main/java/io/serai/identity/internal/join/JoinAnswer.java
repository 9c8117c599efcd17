package io.serai.identity.internal.join;

import io.serai.api.cluster.Member;
import java.util.List;

/**
 * What a node gets that is let in.
 *
 * @param version of this form
 * @param certificate its own, PEM
 * @param authority that of the authority, PEM
 * @param authorityKey the key of the authority, PEM; a secret
 * @param members all of them, the new one included
 */
public record JoinAnswer(int version, String certificate, String authority, String authorityKey, List<Member> members) {
    /** Copies the list. */
    public JoinAnswer {
        members = members == null ? List.of() : List.copyOf(members);
    }

    @Override
    public String toString() {
        return "JoinAnswer[" + members.size() + " members]";
    }
}
