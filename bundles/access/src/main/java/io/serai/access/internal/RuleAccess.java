package io.serai.access.internal;

import io.serai.access.internal.check.AccessThreads;
import io.serai.access.internal.check.CallerCheck;
import io.serai.access.internal.credential.CredentialDirectory;
import io.serai.access.internal.limit.RateLimits;
import io.serai.api.access.Admission;
import io.serai.api.access.ChannelAccess;
import io.serai.api.access.ChannelGuard;
import io.serai.api.access.ChannelRules;
import io.serai.api.security.AuditLog;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Guards channels by their rules. */
@Component(service = ChannelAccess.class)
public final class RuleAccess implements ChannelAccess {
    private final CredentialDirectory directory;
    private final RateLimits limits;
    private final CallerCheck callers;
    private final RefusalLog refusals;

    /** Makes guards that know the credentials of a directory. */
    @Activate
    public RuleAccess(
            @Reference CredentialDirectory directory, @Reference RateLimits limits, @Reference AuditLog audit) {
        this.limits = limits;
        this.directory = directory;
        this.callers = new CallerCheck(directory, Clock.systemUTC());
        this.refusals = new RefusalLog(audit, AccessThreads.single("audit"));
    }

    /** Ends. */
    @Deactivate
    public void close() {
        callers.close();
        refusals.close();
    }

    @Override
    public ChannelGuard guard(ChannelRules rules) {
        return rules.isOpen()
                ? visit -> Admission.ANYBODY
                : new RuleGuard(rules, directory, callers, refusals, new LimitCheck(rules, limits));
    }
}
