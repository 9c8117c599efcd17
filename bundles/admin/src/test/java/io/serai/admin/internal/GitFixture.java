package io.serai.admin.internal;

import io.serai.admin.internal.git.TestLogins;
import io.serai.admin.internal.git.TestState;
import java.io.IOException;
import java.net.URI;
import org.junit.rules.TemporaryFolder;

/** A state behind an administration server, and somebody with git who comes to it. */
final class GitFixture {
    private final TestAdmin admin;
    private final TestState state;
    private final GitClient git;

    GitFixture(TestAdmin admin, TemporaryFolder folder) throws Exception {
        this.admin = admin;
        this.state = serve(admin, folder);
        this.git = new GitClient(
                folder.newFolder("home").toPath(),
                admin.identity.writePem(folder.newFile("node.pem").toPath()));
    }

    /** Has an administration server serve a new state. */
    static TestState serve(TestAdmin admin, TemporaryFolder folder) throws IOException {
        TestState state = new TestState(folder.newFolder("state.git").toPath());
        admin.server().git = state.state();
        return state;
    }

    TestState state() {
        return state;
    }

    GitClient git() {
        return git;
    }

    /** Returns the URL of the repository for a user, with the password. */
    String url(String user) {
        URI uri = admin.uri("/git/state.git");
        return "https://" + user + ":" + TestLogins.password(user).replace(":", "%3A") + "@localhost:" + uri.getPort()
                + uri.getPath();
    }
}
