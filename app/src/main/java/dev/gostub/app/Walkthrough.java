package dev.gostub.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The start of the sample {@code hello}, from its entry to its exit, as gdb commands with what gdb must answer. The
 * expected texts are what stock gdb prints for the same program on Linux.
 */
final class Walkthrough {
    /**
     * One command.
     *
     * @param command as typed at gdb's prompt
     * @param expected texts that the answer holds, in this order
     */
    record Step(String command, List<String> expected) {
        Step {
            expected = List.copyOf(expected);
        }
    }

    /** From the entry to the first look around: what the demonstration does before it hands over to the user. */
    private static final int OPENING = 4;

    private static final List<Step> STEPS = List.of(
            step("break *0x464840", "Breakpoint 1 at 0x464840"),
            step("run", "Breakpoint 1", "_rt0_amd64_linux ()"),
            step("info registers", "rax ", "rsp ", "0x7ff", "rip ", "0x464840 <_rt0_amd64_linux>", "eflags "),
            step("x/10i $pc", "=> 0x464840 <_rt0_amd64_linux>:", "jmp ", "<_rt0_amd64>", "0x46484d"),
            step("stepi", "_rt0_amd64 ()"),
            step("stepi 3", "runtime.rt0_go ()"),
            step("x/i $pc", "=> ", "<runtime.rt0_go>:", "mov "),
            step("tbreak runtime.args", "Temporary breakpoint 2"),
            step("tbreak runtime.osinit", "Temporary breakpoint 3"),
            step("tbreak runtime.schedinit", "Temporary breakpoint 4"),
            step("tbreak runtime.newproc", "Temporary breakpoint 5"),
            step("tbreak runtime.mstart", "Temporary breakpoint 6"),
            step("tbreak main.main", "Temporary breakpoint 7"),
            step("continue", "Temporary breakpoint 2", "runtime.args (c=1, v=0x7ff"),
            step("continue", "Temporary breakpoint 3", "runtime.osinit ()"),
            step("continue", "Temporary breakpoint 4", "runtime.schedinit ()"),
            step("continue", "Temporary breakpoint 5", "runtime.newproc (siz=0"),
            step("continue", "Temporary breakpoint 6", "runtime.mstart ()"),
            step("continue", "Temporary breakpoint 7", "main.main ()"),
            step("info threads", "* ", "main.main ()"),
            step("backtrace", "#0 ", "main.main ()"),
            step("continue", "exited normally"));

    private Walkthrough() {}

    static List<Step> opening() {
        return STEPS.subList(0, OPENING);
    }

    static List<Step> whole() {
        return STEPS;
    }

    /** What gdb prints before each command, so that its answers can be told apart. */
    static String prompt(Step step) {
        return "(gdb) " + step.command();
    }

    /** The first thing in gdb's output that is not as it must be; empty if all is well. */
    static Optional<String> fault(List<Step> steps, String output) {
        int at = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int begin = output.indexOf(prompt(step), at);
            if (begin < 0) return Optional.of("gdb never came to '" + step.command() + "'");
            int next = i + 1 < steps.size() ? output.indexOf("\n" + prompt(steps.get(i + 1)), begin) : -1;
            int end = next < 0 ? output.length() : next;
            int from = begin + prompt(step).length();
            for (String expected : step.expected()) {
                int found = output.indexOf(expected, from);
                if (found < 0 || found >= end) {
                    return Optional.of("'" + step.command() + "' did not answer '" + expected + "'");
                }
                from = found + expected.length();
            }
            at = end;
        }
        return Optional.empty();
    }

    /** Arguments for gdb that carry out the steps, each announced as if it had been typed. */
    static List<String> arguments(List<Step> steps) {
        List<String> arguments = new ArrayList<>();
        for (Step step : steps) {
            arguments.add("-ex");
            arguments.add("echo \\n" + prompt(step) + "\\n");
            arguments.add("-ex");
            arguments.add(step.command());
        }
        return arguments;
    }

    private static Step step(String command, String... expected) {
        return new Step(command, List.of(expected));
    }
}
