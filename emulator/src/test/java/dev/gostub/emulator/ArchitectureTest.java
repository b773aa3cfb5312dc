package dev.gostub.emulator;

import dev.gostub.rules.Code;
import dev.gostub.rules.MethodSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The import table of docs/architecture.md and the rule of determinism, checked on the compiled classes. */
class ArchitectureTest {
    // Nine tenths of what was there in November 2026. Raise these as the code grows: a rule over nothing always holds.
    private static final int CLASSES_AT_LEAST = 1035;
    private static final int TEST_CLASSES_AT_LEAST = 74;
    private static final int METHODS_AT_LEAST = 5700;

    private static final Code CODE = Code.of("dev.gostub.emulator", CLASSES_AT_LEAST);

    // spotless:off
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            Map.entry("",          Set.of()),
            Map.entry("memory",    Set.of()),
            Map.entry("cpu",       Set.of("memory")),
            Map.entry("decode",    Set.of("cpu", "memory")),
            Map.entry("isa",       Set.of("cpu", "memory", "decode")),
            Map.entry("engine",    Set.of("cpu", "memory", "decode", "isa")),
            Map.entry("abi",       Set.of()),
            Map.entry("host",      Set.of()),
            Map.entry("vfs",       Set.of("abi", "host", "memory")),
            Map.entry("kernel",    Set.of("cpu", "memory", "abi", "vfs", "host")),
            Map.entry("syscall",   Set.of("cpu", "memory", "abi", "vfs", "host", "kernel")),
            Map.entry("loader",    Set.of("memory", "abi", "vfs")),
            Map.entry("machine",   Set.of("cpu", "memory", "decode", "isa", "engine", "abi", "host", "vfs", "kernel", "syscall", "loader")),
            Map.entry("timeline",  Set.of("cpu", "memory", "decode", "isa", "engine", "abi", "host", "vfs", "kernel", "syscall", "loader", "machine")),
            Map.entry("goruntime", Set.of("memory", "loader")));
    // spotless:on

    /** Everything through which the outside world, or the JVM's own chance, could reach the guest. */
    private static final Pattern OUTSIDE =
            Pattern.compile("java\\.lang\\.(Thread(\\$.*)?|ThreadLocal|Process|ProcessBuilder|ProcessHandle|Runtime)"
                    + "|java\\.io\\.(File.*|RandomAccessFile|Console)"
                    + "|java\\.nio\\.file\\.(Files|FileSystem|FileSystems)"
                    + "|java\\.nio\\.channels\\..*|java\\.net\\..*"
                    + "|java\\.time\\.Clock|java\\.util\\.(Random|UUID|Timer|Scanner)|java\\.security\\.SecureRandom"
                    + "|java\\.util\\.concurrent\\.(ThreadLocalRandom|Executor.*|CompletableFuture|ForkJoin.*)"
                    + "|java\\.util\\.concurrent\\.locks\\..*|java\\.lang\\.reflect\\.(Method|Field|Constructor)");

    private static final Set<String> OUTSIDE_MEMBERS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.identityHashCode",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.in",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.Object.hashCode",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.Collection.parallelStream",
            "java.util.List.parallelStream",
            "java.util.stream.Stream.parallel");

    /** Where the order of a walk can reach the guest or a snapshot. */
    private static final Set<String> ORDERED =
            Set.of("kernel", "vfs", "syscall", "loader", "machine", "timeline", "memory", "cpu");

    private static final Pattern HASHED =
            Pattern.compile("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Hashtable)"
                    + "|java\\.util\\.concurrent\\.ConcurrentHashMap");

    @Test
    void packagesImportOnlyWhatTheTableGrants() {
        CODE.importsOnly(IMPORTS);
    }

    @Test
    void packagesHaveNoCycles() {
        CODE.hasNoCycles();
    }

    @Test
    void everyPackageIsNullMarked() {
        CODE.isNullMarked();
    }

    @Test
    void nothingOutsideHostReachesTheOutsideWorld() {
        CODE.dependsOnNo(OUTSIDE.asMatchPredicate(), "host");
        CODE.touchesNo(OUTSIDE_MEMBERS, "host");
    }

    /** A path, an argument, a name is bytes: who decodes it as UTF-8 loses those that are not. */
    @Test
    void textOfTheGuestIsNeverDecoded() {
        CODE.touchesNo(
                Set.of("java.nio.charset.StandardCharsets.UTF_8", "java.nio.charset.Charset.defaultCharset"),
                "host",
                "GuestText");
    }

    @Test
    void stateIsNeverKeptInHashTables() {
        CODE.dependsOnNoInside(ORDERED, HASHED.asMatchPredicate());
    }

    @Test
    void nothingIsStaticAndMutable() {
        CODE.hasNoStaticMutableState();
    }

    @Test
    void classNamesSaySomething() {
        CODE.namesSaySomething();
    }

    @Test
    void everyMethodIsSmallEnoughForTheJustInTimeCompiler() throws IOException {
        MethodSizes.check(Path.of("target", "classes"), METHODS_AT_LEAST);
    }

    @Test
    void testsWaitByLimitsThatFitTheMachine() {
        Code.ofTests("dev.gostub.emulator", TEST_CLASSES_AT_LEAST).waitsByLimitsOnly();
    }
}
