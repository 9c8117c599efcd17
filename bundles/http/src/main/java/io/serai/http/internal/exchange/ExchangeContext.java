package io.serai.http.internal.exchange;

import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.CorsPolicy;

/** What all exchanges of a server share. */
public final class ExchangeContext {
    private final InvocationService invocations;
    private final InputReader inputs;
    private final AnswerWriter answers;
    private final ProblemWriter problems;
    private final CorsPolicy cors;
    private final DeadlineWatch watch;

    /**
     * Makes what they share.
     *
     * @param cors which pages of other origins may call channels that do not say so themselves
     */
    public ExchangeContext(
            InvocationService invocations,
            PayloadCodec codec,
            BodyLimits limits,
            CorsPolicy cors,
            DeadlineWatch watch) {
        this.invocations = invocations;
        this.inputs = new InputReader(codec, limits);
        this.answers = new AnswerWriter(codec);
        this.problems = new ProblemWriter(codec);
        this.cors = cors;
        this.watch = watch;
    }

    InvocationService invocations() {
        return invocations;
    }

    InputReader inputs() {
        return inputs;
    }

    AnswerWriter answers() {
        return answers;
    }

    /** Returns what answers with problems. */
    public ProblemWriter problems() {
        return problems;
    }

    CorsPolicy cors(Channel channel) {
        return channel.options().cors().orElse(cors);
    }

    DeadlineWatch watch() {
        return watch;
    }
}
