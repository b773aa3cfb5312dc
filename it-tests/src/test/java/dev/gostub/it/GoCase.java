package dev.gostub.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of one program of {@code src/test/go}.
 *
 * @param name unique; the golden file's name
 * @param program the program's folder
 * @param since the oldest Go minor version (1.N) that builds it
 * @param arguments after the program's name
 * @param environment on top of {@link #COMMON}
 * @param input on stdin
 * @param messages what is compared of stderr
 */
record GoCase(
        String name,
        String program,
        int since,
        List<String> arguments,
        Map<String, String> environment,
        String input,
        Messages messages) {

    /** How stderr is compared with the native run's; statuses and stdout are always equal. */
    enum Messages {
        /** Equal, but for heap and stack addresses and goroutine numbers. */
        ALL,
        /** Only the line of the error: deep stacks print values left over in registers. */
        FATAL_ERROR
    }

    static final Map<String, String> COMMON = Map.of("PATH", "/usr/bin:/bin", "HOME", "/", "TMPDIR", "/tmp");

    private static final String TEXT = """
            The quick brown fox jumps over the lazy dog.
            the end is near, the fox said

            äöü and 日本語 end without newline\
            """;

    static GoCase of(String program) {
        return new GoCase(program, program, 15, List.of(), Map.of(), "", Messages.ALL);
    }

    static GoCase of(String program, String variant) {
        return of(program).named(program + "-" + variant);
    }

    GoCase named(String other) {
        return new GoCase(other, program, since, arguments, environment, input, messages);
    }

    GoCase since(int minor) {
        return new GoCase(name, program, minor, arguments, environment, input, messages);
    }

    GoCase args(String... words) {
        return new GoCase(name, program, since, List.of(words), environment, input, messages);
    }

    GoCase env(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(key, value);
        return new GoCase(name, program, since, arguments, more, input, messages);
    }

    GoCase input(String text) {
        return new GoCase(name, program, since, arguments, environment, text, messages);
    }

    GoCase fatalErrorOnly() {
        return new GoCase(name, program, since, arguments, environment, input, Messages.FATAL_ERROR);
    }

    Map<String, String> fullEnvironment() {
        Map<String, String> all = new LinkedHashMap<>(COMMON);
        all.putAll(environment);
        return all;
    }

    /** All cases; every program of the source folder is here at least once, which a test checks. */
    static List<GoCase> all() {
        // spotless:off
        List<GoCase> cases = new ArrayList<>(List.of(
                of("hello"),
                of("goroutines"),
                of("goroutines", "one-processor").env("GOMAXPROCS", "1"),
                of("bigdata"),
                of("format"),
                of("strconvs"),
                of("sorting"),
                of("jsons"),
                of("regexps"),
                of("hashes"),
                of("bignum"),
                of("times"),
                of("gcload").env("GOGC", "10"),
                of("gcload", "gc-tracing-off").env("GOGC", "10").env("GODEBUG", "gcstoptheworld=1"),
                of("files").args("a", "b c", "").env("CORPUS_VALUE", "x=y z"),
                of("stdinlines").input(TEXT),
                of("stdinlines", "empty"),
                of("stdinlines", "long").input("word another third\n".repeat(3000)),
                of("exitcode", "0").args("0"),
                of("exitcode", "1").args("1"),
                of("exitcode", "42").args("42"),
                of("exitcode", "255").args("255"),
                of("exitcode", "256").args("256"),
                of("exitcode", "fatal").args("fatal"),
                of("exitcode", "bad").args("x"),
                of("recursion"),
                of("recursion", "endless").args("endless").fatalErrorOnly(),
                of("recovers"),
                of("gosched"),
                of("busyloop"),
                of("busyloop", "asyncpreemptoff-0").env("GODEBUG", "asyncpreemptoff=0"),
                of("stackdump"),
                of("signals"),
                of("bytesall"),
                of("cryptos"),
                of("compress"),
                of("mathbits"),
                of("floats"),
                of("atomics"),
                of("encodings"),
                of("bigoutput"),
                of("pipes"),
                of("tcp"),
                of("http"),
                of("reflects"),
                of("language"),
                of("threads").args("-n", "12", "rest"),
                of("parallel"),
                of("profile"),
                of("subprocess"),
                of("generics").since(18),
                of("iterators").since(23)));
        // spotless:on
        for (String signal : List.of("TERM", "KILL", "INT", "HUP", "USR2", "PIPE")) {
            cases.add(of("signals", signal).args(signal));
        }
        for (String way :
                "string error custom int nil index slice divide map conversion interface closed deferred goroutine deadlock goexit repanic badaddress alloc"
                        .split(" ", -1)) {
            GoCase run = of("panics", way).args(way);
            // Go before 1.18 prints the runtime's own stack there, which depends on the moment.
            cases.add(way.equals("goexit") ? run.fatalErrorOnly() : run);
        }
        return cases;
    }
}
