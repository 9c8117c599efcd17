package io.serai.admin.internal.git;

import io.serai.admin.internal.exchange.Problem;
import io.serai.admin.internal.exchange.ProblemWriter;
import io.serai.admin.internal.login.BasicLogin;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the state to Git clients whose users may see it, at {@value #PATH}. */
public final class GitHandler extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(GitHandler.class);
    private static final String CONTEXT = "/git";
    private static final String NAME = "state.git";
    private static final String PATH = CONTEXT + "/" + NAME;
    private static final String READ = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";
    private static final String SUBJECT = "io.serai.admin.subject";
    private static final String STATE = "io.serai.admin.state";

    private final Supplier<@Nullable GitState> state;
    private final BasicLogin login;
    private final ProblemWriter problems;

    /**
     * Makes a handler.
     *
     * @param state what to serve; null while it is not there
     * @param node the name of this node
     */
    public GitHandler(
            Supplier<@Nullable GitState> state,
            BasicLogin login,
            ProblemWriter problems,
            PushLimits limits,
            String node) {
        this.state = state;
        this.login = login;
        this.problems = problems;
        setHandler(context(problems, limits, node));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> service = service(request);
        if (service.isEmpty()) {
            return false;
        }
        GitState current = state.get();
        if (current == null) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "The state is not there at the moment; try again"));
            return true;
        }
        Optional<Subject> subject = login.authenticate(current.logins(), request, response, callback);
        if (subject.isEmpty()) {
            return true;
        }
        try {
            // whoever pushes says which objects change only later, and is told then; to see the state takes this
            current.access().require(subject.get(), AccessControl.READ, PathRights.STATE, "");
        } catch (AccessException e) {
            problems.write(
                    request, response, callback, Problem.of(HttpStatus.FORBIDDEN_403, String.valueOf(e.getMessage())));
            return true;
        }
        if (service.get().equals(READ) && HttpMethod.POST.is(request.getMethod())) {
            current.audit()
                    .record(Event.of(
                            subject.get(), AccessControl.READ, PathRights.STATE, Outcome.DONE, "clone or fetch"));
        }
        request.setAttribute(SUBJECT, subject.get());
        request.setAttribute(STATE, current);
        return super.handle(request, response, callback);
    }

    /** Returns which of the two services a request wants; empty if it is none that exists. */
    private static Optional<String> service(Request request) {
        String path = Request.getPathInContext(request);
        String wanted = "";
        if (HttpMethod.GET.is(request.getMethod()) && path.equals(PATH + "/info/refs")) {
            wanted = Request.extractQueryParameters(request).getValue("service");
        } else if (HttpMethod.POST.is(request.getMethod()) && path.startsWith(PATH + "/")) {
            wanted = path.substring(PATH.length() + 1);
        }
        return READ.equals(wanted) || PUSH.equals(wanted) ? Optional.of(wanted) : Optional.empty();
    }

    private static ServletContextHandler context(ProblemWriter problems, PushLimits limits, String node) {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver(GitHandler::open);
        servlet.setUploadPackFactory(
                (request, repository) -> new StateUpload(repository, request.getHeader("Git-Protocol")));
        servlet.setReceivePackFactory((request, repository) -> new StatePush(
                repository,
                limits,
                new PushHook(state(request), (Subject) request.getAttribute(SUBJECT), limits, node)));
        // the files of the repository themselves are not served
        servlet.setAsIsFileService(null);
        ServletContextHandler context = new GitContext();
        context.setErrorHandler(problems);
        context.addServlet(new ServletHolder(servlet), "/*");
        return context;
    }

    /** Logs as we do what JGit tells its servlet container: with all detail, even of what is wrong on the client's side. */
    private static final class GitContext extends ServletContextHandler {
        GitContext() {
            super(CONTEXT, NO_SESSIONS);
        }

        @Override
        public ServletContextApi newServletContextApi() {
            return new ServletContextApi() {
                @Override
                public void log(String message, Throwable failure) {
                    if (failure instanceof IOException) {
                        LOG.warn("A request of a Git client was broken off: cause={}", failure.toString());
                        LOG.debug("This is where the request was broken off", failure);
                    } else {
                        LOG.error("A request of a Git client failed", failure);
                    }
                }
            };
        }
    }

    private static Repository open(HttpServletRequest request, String name) throws RepositoryNotFoundException {
        if (!name.equals(NAME)) {
            throw new RepositoryNotFoundException(name);
        }
        Repository repository = state(request).repository();
        repository.incrementOpen(); // the servlet closes what it was given
        return repository;
    }

    private static GitState state(HttpServletRequest request) {
        return (GitState) request.getAttribute(STATE);
    }
}
