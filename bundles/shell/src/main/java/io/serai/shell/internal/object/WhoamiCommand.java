package io.serai.shell.internal.object;

import io.serai.api.security.Subject;
import io.serai.shell.internal.JsonOutput;
import io.serai.shell.internal.SeraiCommand;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says who is at the shell. */
@Service
@Command(scope = "serai", name = "whoami", description = "Says who is logged in here, with which roles")
public class WhoamiCommand extends SeraiCommand {
    @Override
    protected void run(PrintStream out) throws Exception {
        Subject subject = subject();
        TreeSet<String> roles = new TreeSet<>(subject.roles());
        if (json) {
            JsonOutput.print(out, Map.of("user", subject.name(), "roles", roles, "from", subject.from()));
        } else {
            out.println(subject.name() + " from " + subject.from() + ", with roles " + String.join(", ", roles));
        }
    }
}
