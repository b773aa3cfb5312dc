package dev.gostub.app;

import dev.gostub.server.target.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together the variables a guest starts with. */
final class GuestEnvironment {
    /** Set by the launcher where it had to change PATH on the way to us; the guest gets the user's own. */
    private static final String OWN_PATH = "GOSTUB_GUEST_PATH";

    private GuestEnvironment() {}

    /**
     * The guest's environment, each {@code NAME=VALUE}.
     *
     * @param host the variables of this process; sorted by name, since their own order is lost in Java
     */
    static List<String> of(GuestOptions options, boolean sample, Samples samples, Map<String, String> host)
            throws UserError {
        List<String> variables = new ArrayList<>();
        if (!options.cleanEnvironment()) variables.addAll(sample ? samples.environment() : inherited(host));
        for (String change : options.environment()) set(variables, change);
        return variables;
    }

    private static List<String> inherited(Map<String, String> host) {
        Map<String, String> sorted = new TreeMap<>(host);
        sorted.remove(Arguments.OPTIONS_VARIABLE);
        String path = sorted.remove(OWN_PATH);
        if (path != null) sorted.put("PATH", path);
        List<String> variables = new ArrayList<>();
        sorted.forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    /** Makes a change that a debugger asked for. */
    static void change(List<String> variables, RunRequest.EnvironmentChange change) {
        switch (change) {
            case RunRequest.EnvironmentChange.Set(String name, String value) -> set(variables, name + "=" + value);
            case RunRequest.EnvironmentChange.Unset(String name) ->
                variables.removeIf(each -> each.startsWith(name + "="));
        }
    }

    /** Replaces a variable where it stands, or adds it at the end. */
    private static void set(List<String> variables, String change) {
        String prefix = change.substring(0, change.indexOf('=') + 1);
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).startsWith(prefix)) {
                variables.set(i, change);
                return;
            }
        }
        variables.add(change);
    }
}
