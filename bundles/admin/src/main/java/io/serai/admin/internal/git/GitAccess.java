package io.serai.admin.internal.git;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AuditLog;
import io.serai.api.security.LoginService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who comes with Git, what they may, and the record of it. */
@Component(service = GitAccess.class)
public final class GitAccess {
    private final LoginService logins;
    private final AccessControl access;
    private final AuditLog audit;

    /** Makes it of its parts. */
    @Activate
    public GitAccess(@Reference LoginService logins, @Reference AccessControl access, @Reference AuditLog audit) {
        this.logins = logins;
        this.access = access;
        this.audit = audit;
    }

    LoginService logins() {
        return logins;
    }

    AccessControl access() {
        return access;
    }

    AuditLog audit() {
        return audit;
    }
}
