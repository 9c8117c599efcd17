package io.serai.cli.internal.command;

import io.serai.api.text.NearNames;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a shell needs to complete words. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete commands, options, kinds and names of objects.",
        footer = {
            "",
            "Example: serai completion bash > ~/.local/share/bash-completion/completions/serai",
            "         serai completion fish > ~/.config/fish/completions/serai.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String BASH =
            """
            _serai() {
              local IFS=$'\\n'
              COMPREPLY=($("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            }
            complete -o default -F _serai serai
            """;
    private static final String ZSH =
            """
            #compdef serai
            _serai() {
              local -a found
              found=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
              if [[ -n ${found[1]} ]]; then
                compadd -a found
              else
                _files
              fi
            }
            compdef _serai serai
            """;
    private static final String FISH =
            """
            function __serai_complete
              set -l words (commandline -opc) (commandline -ct)
              $words[1] __complete $words[2..-1] 2>/dev/null
            end
            complete -c serai -a '(__serai_complete)'
            """;
    private static final Map<String, String> SCRIPTS = Map.of("bash", BASH, "zsh", ZSH, "fish", FISH);

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private String shell = "";

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        String script = SCRIPTS.get(shell);
        if (script == null) {
            String near = NearNames.nearest(shell, SCRIPTS.keySet())
                    .map(name -> ". Did you mean '" + name + "'?")
                    .orElse("");
            throw CommandException.of(
                    ExitCode.USAGE, "There is no completion for '" + shell + "'" + near, "serai completion bash");
        }
        session.console().out().print(script);
        return 0;
    }
}
