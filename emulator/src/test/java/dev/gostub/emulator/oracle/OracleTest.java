package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.InstructionSet;
import dev.gostub.emulator.isa.Op;
import dev.gostub.rules.Subclasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the comparison with the host's processor reaches: all of the operations, forms and segments but those that it says. Runs on any host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTest {
    private static final int OPERATIONS_AT_LEAST = 300;

    // spotless:off
    /** Operations that no trial reaches, and why. */
    private static final Map<String, String> NOT_REACHED = Map.ofEntries(
            Map.entry("dev.gostub.emulator.isa.Op$End",                     "stands where nothing may be executed"),
            Map.entry("dev.gostub.emulator.isa.Miscellaneous$Random",       "RDRAND, RDSEED: random"),
            Map.entry("dev.gostub.emulator.isa.Processor$General",          "CPUID, RDTSC, XGETBV: answers of the processor's own"),
            Map.entry("dev.gostub.emulator.isa.Processor$SystemCall",       "the kernel answers it"),
            Map.entry("dev.gostub.emulator.isa.Segmentation$StoreTable",    "SGDT, SIDT: the kernel answers"),
            Map.entry("dev.gostub.emulator.isa.Segmentation$StoreWord",     "SLDT, STR, SMSW: the kernel answers"),
            Map.entry("dev.gostub.emulator.isa.StateSave$General",          "FXSAVE, XSAVE and kin: components and reserved bytes of the processor's own"),
            Map.entry("dev.gostub.emulator.isa.X87Control$Environment",     "FNSTENV and kin: addresses that are not compared"),
            Map.entry("dev.gostub.emulator.isa.X87Elementary$OfOne",        "elementary functions: the last bit is the processor's own"),
            Map.entry("dev.gostub.emulator.isa.X87Elementary$OfTwo",        "elementary functions: the last bit is the processor's own"),
            Map.entry("dev.gostub.emulator.isa.X87Elementary$Pushing",      "elementary functions: the last bit is the processor's own"));
    // spotless:on

    private final EmulatedProcessor emulated = new EmulatedProcessor();
    /** Forms with an instance that ended without an exception. */
    private final Set<Trials.Line> complete = new java.util.HashSet<>();
    /** Forms with a memory operand, and the segments that it was tried in. */
    private final Map<String, Set<Integer>> segments = new TreeMap<>();

    @BeforeAll
    void tryEverything() {
        Decoder decoder = InstructionSet.decoder();
        Trials.lines()
                .filter(line -> !LeftOut.isLeftOut(LeftOut.Scope.OUTCOME, line.form()))
                .forEach(line -> {
                    for (Trial trial : Trials.alone(line)) {
                        emulated.step(trial);
                        emulated.general(trial);
                        if (emulated.run(trial).trap() == Outcome.COMPLETE) complete.add(line);
                        Instruction instruction = decoder.decode(trial.code(), trial.code().length, State.START);
                        if (instruction != null && instruction.hasMemory())
                            segments.computeIfAbsent(line.toString(), _ -> new TreeSet<>())
                                    .add(instruction.segment());
                    }
                });
        Trials.lines()
                .filter(Trials::staysInLine)
                .forEach(line -> Trials.withBranch(line).forEach(emulated::run));
        Trials.programs().forEach(emulated::run);
        Trials.neighbours().forEach(emulated::run);
    }

    @Test
    void everyOperationIsExecutedOrSaysWhyNot() throws IOException {
        Set<String> operations = Subclasses.of(Path.of("target", "classes"), Op.class.getName());
        assertTrue(operations.size() >= OPERATIONS_AT_LEAST, () -> "only " + operations.size() + " operations found");
        List<String> complaints = new ArrayList<>();
        for (String operation : operations) {
            boolean reached = emulated.executed().contains(operation);
            if (!reached && !NOT_REACHED.containsKey(operation)) complaints.add("never executed: " + operation);
            if (reached && NOT_REACHED.containsKey(operation)) complaints.add("is executed: " + operation);
        }
        for (String named : NOT_REACHED.keySet())
            if (!operations.contains(named)) complaints.add("does not exist: " + named);
        assertEquals(List.of(), complaints);
    }

    @Test
    void everyFormIsTriedUntilAnInstanceCompletesOrIsLeftOutByName() {
        List<String> complaints = new ArrayList<>();
        Trials.lines().forEach(line -> {
            Form form = line.form();
            boolean leftOut = LeftOut.isLeftOut(LeftOut.Scope.OUTCOME, form);
            boolean faults = LeftOut.isLeftOut(LeftOut.Scope.COMPLETION, form);
            if (!leftOut && !faults && !complete.contains(line)) complaints.add("never completes: " + line);
            if (faults && complete.contains(line)) complaints.add("completes: " + line);
        });
        assertEquals(List.of(), complaints);
    }

    @Test
    void everyFormWithAMemoryOperandIsTriedThroughFsAndThroughGs() {
        List<String> complaints = new ArrayList<>();
        segments.forEach((line, seen) -> {
            if (!seen.contains(Instances.FS) || !seen.contains(Instances.GS)) complaints.add(line + " only in " + seen);
        });
        assertEquals(List.of(), complaints);
        assertTrue(segments.size() > 500, () -> "only " + segments.size());
    }

    @Test
    void everyLineOfWhatIsLeftOutNamesAFormAndSaysWhy() {
        List<Form> forms = Trials.lines().map(Trials.Line::form).toList();
        List<String> complaints = new ArrayList<>();
        for (LeftOut line : LeftOut.ALL) {
            if (forms.stream().noneMatch(line::names)) complaints.add("names nothing: " + line);
            if (line.why().isBlank()) complaints.add("gives no reason: " + line);
        }
        for (LeftOut.UndefinedFlags line : LeftOut.FLAGS) {
            if (forms.stream().noneMatch(form -> form.mnemonic().equals(line.mnemonic())))
                complaints.add("names nothing: " + line);
        }
        assertEquals(List.of(), complaints);
    }
}
