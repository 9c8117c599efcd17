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
    private final Callers callers;
    private final DeadlineWatch watch;

    /** Makes what they share. */
    public ExchangeContext(InvocationService invocations, PayloadCodec codec, Policies policies, DeadlineWatch watch) {
        this.invocations = invocations;
        this.inputs = new InputReader(codec, policies.limits());
        this.answers = new AnswerWriter(codec);
        this.problems = new ProblemWriter(codec);
        this.cors = policies.cors();
        this.callers = new Callers(policies.proxies());
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

    Callers callers() {
        return callers;
    }

    DeadlineWatch watch() {
        return watch;
    }
}
