package io.serai.access.internal;

import io.serai.access.internal.limit.Limit.Bucketed;
import io.serai.access.internal.limit.RateLimits;
import io.serai.api.access.Admission;
import io.serai.api.access.Admission.Allowance;
import io.serai.api.access.Admission.Identity;
import io.serai.api.access.Admission.Reason;
import io.serai.api.access.Admission.Refusal;
import io.serai.api.access.ChannelRules;
import io.serai.api.access.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the requests to a channel, of the channel's own limits and those of the caller. */
final class LimitCheck {
    private final ChannelRules rules;
    private final RateLimits limits;

    LimitCheck(ChannelRules rules, RateLimits limits) {
        this.rules = rules;
        this.limits = limits;
    }

    /** Returns an admission as it is if nothing is counted; otherwise with what is left, or a refusal. */
    Admission admit(Visit visit, Admission admission, List<String> ofCaller) {
        if (rules.limits().isEmpty() && ofCaller.isEmpty()) {
            return admission;
        }
        long now = limits.nanoTime();
        String caller = admission.caller().map(Identity::name).orElse("");
        List<Bucketed> taken = new ArrayList<>(rules.limits().size() + ofCaller.size());
        Optional<Bucketed> reached = take(rules.limits(), visit, caller, now, taken);
        if (reached.isEmpty()) {
            reached = take(ofCaller, visit, caller, now, taken);
        }
        if (reached.isPresent()) {
            taken.forEach(Bucketed::giveBack);
            return refusal(reached.get(), now);
        }
        return taken.isEmpty()
                ? admission
                : new Admission(admission.caller(), Optional.empty(), Optional.of(least(taken, now)));
    }

    private Optional<Bucketed> take(List<String> names, Visit visit, String caller, long now, List<Bucketed> taken) {
        for (int i = 0; i < names.size(); i++) {
            Optional<Bucketed> left =
                    limits.find(names.get(i)).map(limit -> limit.of(rules.channel(), caller, visit.address(), now));
            if (left.isPresent() && !left.get().take(now)) {
                return left;
            }
            left.ifPresent(taken::add);
        }
        return Optional.empty();
    }

    private static Allowance least(List<Bucketed> taken, long now) {
        Bucketed least = taken.get(0);
        for (int i = 1; i < taken.size(); i++) {
            least = taken.get(i).remaining(now) < least.remaining(now) ? taken.get(i) : least;
        }
        return least.allowance(now);
    }

    private static Admission refusal(Bucketed reached, long now) {
        Duration pause = Duration.ofSeconds(reached.pauseSeconds(now));
        String message =
                "The limit " + reached.limit().name() + " is reached; try again in " + pause.toSeconds() + " s";
        return new Admission(
                Optional.empty(),
                Optional.of(new Refusal(Reason.TOO_MANY, message, List.of(), Optional.of(pause))),
                Optional.of(reached.allowance(now)));
    }
}
