package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.FormShape;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.OperandCode;
import dev.gostub.emulator.isa.InstructionSet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is tried on the host's processor and here: each form alone, each with a branch behind it, and runs of several. The same ones every time, so that another test can say what they reach. */
final class Trials {
    static final int INSTANCES = Integer.getInteger("gostub.oracle.instances", 60);
    private static final int PROGRAMS = Integer.getInteger("gostub.oracle.programs", 3000);
    private static final long SEED = Long.getLong("gostub.oracle.seed", 20);
    private static final int LONGEST = 10;

    /** Flags that a condition looks at, by its number halved (SDM vol. 1, table B-1). */
    private static final int[] READ = {
        Flags.OF,
        Flags.CF,
        Flags.ZF,
        Flags.CF | Flags.ZF,
        Flags.SF,
        Flags.PF,
        Flags.SF | Flags.OF,
        Flags.ZF | Flags.SF | Flags.OF
    };

    /** Forms in a row of which some are fused. */
    private static final List<List<String>> RUNS = List.of(
            List.of("MOV Gv,Ev", "MOV Gv,Ev", "MOV Gv,Ev", "MOV Gv,Ev"),
            List.of("MOV Ev,Gv", "MOV Ev,Gv", "MOV Ev,Gv", "MOV Ev,Gv"),
            List.of("PUSH Zv", "MOV Ev,Gv", "SUB Ev,Ib"),
            List.of("ADD Ev,Ib", "POP Zv", "RET"),
            List.of("ADD Ev,Ib", "POP Zv", "PUSH Zv"),
            List.of("POP Zv", "RET"),
            List.of("XOR Gv,Ev", "XOR Gv,Ev", "NOP Ev"),
            List.of("CMP Ev,Gv", "MOV Zv,Iv", "PUSH Zv", "POP Zv"));

    private Trials() {}

    /** A line of the tables and the map that it is in. */
    record Line(int map, Form form) {
        @Override
        public String toString() {
            return "%d/%02x %s%s".formatted(map, form.opcode(), form.isVex() ? "VEX " : "", form);
        }
    }

    static Stream<Line> lines() {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(map -> InstructionSet.lines(map).stream().map(form -> new Line(map, form)));
    }

    private static SplittableRandom random(Form form) {
        return new SplittableRandom(SEED + form.toString().hashCode() * 31L + form.opcode());
    }

    /** Instances of a form, with FS and with GS among them. */
    static List<Trial> alone(Line line) {
        Instances instances = new Instances(random(line.form));
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < (hasThreeWidths(line.form) ? 3 * INSTANCES : INSTANCES); i++) {
            int segment = i % 8 == 0 ? Instances.FS : i % 8 == 1 ? Instances.GS : Instances.ANY_SEGMENT;
            Predicate<Instruction> wanted = _ -> true;
            if (i < 2 && mayHaveMemory(line.form)) wanted = Instruction::hasMemory;
            if (i % 8 == 2 && hasThreeWidths(line.form) && mayHaveMemory(line.form) && FormShape.hasModRm(line.form))
                wanted = j -> j.hasMemory() && j.place().plain() && j.place().indexed();
            trials.add(instances
                    .of(line.map, line.form, segment, wanted)
                    .orElseThrow(() -> new AssertionError("no encoding answers to " + line)));
        }
        return trials;
    }

    private static boolean hasThreeWidths(Form form) {
        return operands(form).anyMatch(operand -> operand.type() == OperandCode.Type.V);
    }

    private static boolean mayHaveMemory(Form form) {
        Set<OperandCode.Method> methods = EnumSet.of(
                OperandCode.Method.E,
                OperandCode.Method.M,
                OperandCode.Method.W,
                OperandCode.Method.Q,
                OperandCode.Method.O,
                OperandCode.Method.X);
        return operands(form).anyMatch(operand -> methods.contains(operand.method()));
    }

    private static Stream<OperandCode> operands(Form form) {
        return IntStream.range(0, form.operandCount()).mapToObj(form::operand);
    }

    /** The same on pages that forbid some accesses. */
    static List<Trial> onProtectedPages(Line line) {
        int[] protections = {0x0301, 0x0103, 0x0003, 0x0300, 0x0101, 0x0000};
        List<Trial> trials = new ArrayList<>();
        for (Trial trial : alone(line)) trials.add(trial.with(protections[trials.size() % protections.length]));
        return trials;
    }

    static boolean staysInLine(Line line) {
        return !LeftOut.isLeftOut(LeftOut.Scope.OUTCOME, line.form)
                && !LeftOut.isLeftOut(LeftOut.Scope.PROGRAMS, line.form)
                && !LeftOut.isLeftOut(LeftOut.Scope.COMPLETION, line.form);
    }

    /** Each condition four times behind a form; not where it looks at undefined flags. */
    static List<Trial> withBranch(Line line) {
        Instances instances = new Instances(random(line.form));
        List<Trial> trials = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            int condition = k & 15;
            if ((READ[condition >> 1] & LeftOut.flags(line.form)) != 0) continue;
            Trial trial = instances.of(line.map, line.form).orElseThrow();
            byte[] code = Arrays.copyOf(trial.code(), trial.code().length + 2);
            code[code.length - 2] = (byte) (0x70 | condition);
            code[code.length - 1] = 0x40;
            trials.add(new Trial(line.form + " and J" + condition, code, trial.state(), Trial.READ_WRITE));
        }
        return trials;
    }

    /** Several instructions on registers in a row. */
    static List<Trial> programs() {
        SplittableRandom random = new SplittableRandom(SEED);
        Instances instances = new Instances(random);
        Decoder decoder = InstructionSet.decoder();
        List<Line> lines = lines().filter(Trials::staysInLine)
                .filter(line -> (LeftOut.flags(line.form) & ~Flags.AF) == 0)
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            StringBuilder text = new StringBuilder();
            Trial last = null;
            for (int k = 0; k < LONGEST && code.size() < 48; k++) {
                Line line = lines.get(random.nextInt(lines.size()));
                Trial trial = instances.of(line.map, line.form).orElseThrow();
                Instruction instruction = decoder.decode(trial.code(), trial.code().length, State.START);
                boolean fits = instruction != null && !instruction.hasMemory();
                if (!fits || LeftOut.isOfAnotherVendor(line.form, trial, false)) continue;
                last = trial;
                code.writeBytes(trial.code());
                text.append(trial.text()).append("; ");
            }
            if (last != null)
                trials.add(new Trial(text.toString(), code.toByteArray(), last.state(), Trial.READ_WRITE));
        }
        return trials;
    }

    /** Loads, stores, pushes, copies in a row, as compilers write them: R8 to R15 and the stack point into the window, and few instructions change them. */
    static List<Trial> neighbours() {
        SplittableRandom random = new SplittableRandom(SEED);
        Instances instances = new Instances(random);
        List<List<Line>> runs = RUNS.stream().map(Trials::named).toList();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            StringBuilder text = new StringBuilder();
            while (code.size() < 20) {
                for (Line line : runs.get(random.nextInt(runs.size()))) {
                    Instruction found = instances
                            .decoded(line.map, line.form, Instances.ANY_SEGMENT, asCompilersWriteIt(random))
                            .orElseThrow();
                    code.writeBytes(instances.code(found));
                    text.append(line.form).append("; ");
                }
            }
            trials.add(new Trial(text.toString(), code.toByteArray(), pointing(random), Trial.READ_WRITE));
        }
        return trials;
    }

    private static List<Line> named(List<String> forms) {
        return forms.stream()
                .map(text -> lines().filter(line -> line.form.toString().equals(text))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static Predicate<Instruction> asCompilersWriteIt(SplittableRandom random) {
        boolean memory = random.nextInt(6) != 0;
        boolean wide = random.nextInt(6) != 0;
        return i -> {
            if (i.operandCount() == 0) return i.lengthBytes() == 1;
            if (i.repeat() != 0 || i.lock() || i.operandBits() == 16) return false;
            if (wide
                    && i.operandCount() > 1
                    && i.operandBits() != 64
                    && !i.form().mnemonic().equals("XOR")) return false;
            if (i.hasMemory())
                return memory
                        && i.place().plain()
                        && i.place().base() >= 8
                        && i.place().base() < 16
                        && !i.place().indexed()
                        && Math.abs(i.place().displacement()) < 200;
            boolean sets = i.operandCount() > 0 && i.operand(0) instanceof Operand.General g && g.number() >= 8;
            return !sets;
        };
    }

    private static State pointing(SplittableRandom random) {
        State s = State.random(random);
        for (int r = 8; r < 16; r++) s.r[r] = State.MIDDLE + random.nextInt(-200, 200);
        s.r[4] = State.MIDDLE + random.nextInt(-20, 20) * 8L;
        s.r[5] = State.MIDDLE + random.nextInt(-20, 20) * 8L;
        // whatever RET finds is a place among the INT3
        for (int at = 0; at < State.WINDOW_BYTES; at += 8)
            s.write64(State.WINDOW + at, State.CODE + random.nextInt(0x7f00));
        return s;
    }
}
