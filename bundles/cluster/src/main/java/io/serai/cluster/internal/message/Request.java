package io.serai.cluster.internal.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What one node asks another. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Pack.class, name = "pack"),
    @JsonSubTypes.Type(value = Request.Piece.class, name = "piece"),
    @JsonSubTypes.Type(value = Request.Part.class, name = "part"),
    @JsonSubTypes.Type(value = Request.Proposal.class, name = "proposal"),
    @JsonSubTypes.Type(value = Request.Question.class, name = "question"),
    @JsonSubTypes.Type(value = Request.Coordination.class, name = "coordination")
})
public sealed interface Request {

    /**
     * Asks for what the sender lacks to have a commit. The answer has the length of the pack, its first piece as payload,
     * and the number of the transfer if there is more.
     *
     * @param commit what it wants to have
     * @param known commits that it has
     */
    record Pack(String commit, List<String> known) implements Request {}

    /**
     * Asks for a piece of a pack, as payload of the answer.
     *
     * @param transfer the number of the transfer
     * @param offset where the piece begins
     */
    record Piece(long transfer, long offset) implements Request {}

    /**
     * Asks for a part of a large content, as payload of the answer, which also has the length of the whole.
     *
     * @param content the id of the content
     * @param offset where the part begins
     */
    record Part(String content, long offset) implements Request {}

    /**
     * Asks the node that leads to append a change. Its payload is a pack with the commit, or empty if that is to be
     * fetched. The answer has the head after it, and a pack as payload with what the sender lacks to have that; empty if it
     * is to be fetched.
     *
     * @param commit the change, on top of the head of the sender
     */
    record Proposal(String commit) implements Request {}

    /**
     * Asks what a bundle of this node answers; its payload is the argument, that of the answer the answer.
     *
     * @param name the name of the question
     */
    record Question(String name) implements Request {}

    /**
     * Asks for what the part that coordinates nodes says about it; its payload is JSON, that of the answer too.
     *
     * @param kind the kind of the message
     */
    record Coordination(String kind) implements Request {}
}
