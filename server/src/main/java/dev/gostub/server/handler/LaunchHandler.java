package dev.gostub.server.handler;

import dev.gostub.server.packet.LaunchCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Launcher;
import dev.gostub.server.target.RunRequest;
import dev.gostub.server.target.RunRequest.EnvironmentChange;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts programs, and keeps the settings for the next start. Not there if the target cannot start programs. */
public final class LaunchHandler {
    private final Dialogue dialogue;
    private final BreakpointHandler breakpoints;
    private final List<EnvironmentChange> environment = new ArrayList<>();
    private Optional<String> directory = Optional.empty();

    /** Serves one session. */
    public LaunchHandler(Dialogue dialogue, BreakpointHandler breakpoints) {
        this.dialogue = dialogue;
        this.breakpoints = breakpoints;
    }

    /** Answers {@code command}. */
    public Reply handle(LaunchCommand command) throws TargetException {
        Optional<Launcher> launcher = dialogue.target().launcher();
        if (launcher.isEmpty()) {
            return Reply.unsupported();
        }
        return switch (command) {
            case LaunchCommand.Run(Optional<String> file, List<String> arguments) ->
                run(launcher.get(), file, arguments);
            case LaunchCommand.Restart() -> restart(launcher.get());
            // Accepted and without effect: there is no shell here, and addresses are never random.
            case LaunchCommand.StartupWithShell _, LaunchCommand.DisableRandomization _ -> Reply.ok();
            case LaunchCommand.SetVariable(String name, String value) -> change(new EnvironmentChange.Set(name, value));
            case LaunchCommand.UnsetVariable(String name) -> change(new EnvironmentChange.Unset(name));
            case LaunchCommand.ResetEnvironment() -> reset();
            case LaunchCommand.WorkingDirectory(Optional<String> wanted) -> directory(wanted);
        };
    }

    private Reply run(Launcher launcher, Optional<String> file, List<String> sent) throws TargetException {
        List<String> arguments = dialogue.features().singleArgument() ? ShellWords.split(String.join(" ", sent)) : sent;
        // An empty file and no arguments: the program as it was started, with what it was given then.
        boolean again = file.isEmpty() && arguments.isEmpty();
        launcher.run(new RunRequest(file, again ? Optional.empty() : Optional.of(arguments), environment, directory));
        return started();
    }

    private Reply started() throws TargetException {
        breakpoints.forget();
        dialogue.attached();
        StopReason reason = new StopReason.Started(dialogue.currentThread());
        dialogue.stopped(reason);
        return new StopReplies(dialogue).of(reason);
    }

    private Reply restart(Launcher launcher) throws TargetException {
        launcher.run(new RunRequest(Optional.empty(), Optional.empty(), environment, directory));
        started();
        return Reply.nothing();
    }

    private Reply change(EnvironmentChange change) {
        environment.add(change);
        return Reply.ok();
    }

    private Reply reset() {
        environment.clear();
        return Reply.ok();
    }

    private Reply directory(Optional<String> wanted) {
        directory = wanted;
        return Reply.ok();
    }
}
