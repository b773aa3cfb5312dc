package dev.gostub.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Prints the table: one line a measure, one column a peer, medians with the least in brackets, and the ratio of ours to
 * the peer that the line is about. Arguments: the folder with the built guest programs, the number of runs,
 * optionally {@code quick} (no Go programs), and commands of further gdbs.
 */
final class Compare {
    /** A guest program has to keep qemu busy for so long (2 s are wanted, runs scatter) that start-up does not count. */
    private static final double ENOUGH_MILLIS = 2_500;

    private static final long MANY_BYTES = 100_000_000;

    private static final String LINE = "| %s | %s | %s | %s | %s | %s | %s |%n";

    private final PrintStream out;
    private final int runs;

    private Compare(PrintStream out, int runs) {
        this.out = out;
        this.runs = runs;
    }

    public static void main(String[] args) throws IOException {
        Path guests = Path.of(args[0]).toAbsolutePath();
        Compare compare = new Compare(System.out, Integer.parseInt(args[1]));
        compare.head();
        compare.debugging();
        compare.largeMemory(guests, Gdb.OF_THE_MACHINE);
        boolean quick = args.length > 2 && args[2].equals("quick");
        for (int i = quick ? 3 : 2; i < args.length; i++) {
            compare.largeMemory(guests, new Gdb(List.of(args[i].split(" ", -1))));
        }
        compare.outside(guests);
        if (!quick) {
            compare.programs(guests.resolve("bench").toString());
        }
    }

    /** A measure at one peer. */
    private interface Measure {
        double at(Peer peer) throws IOException;
    }

    /** What a peer must be able to do for a measure. */
    private enum Kind {
        RUN(peer -> peer.run(List.of("program"))),
        DEBUG(peer -> peer.debug(1, List.of("program"))),
        STAY(peer -> peer.stay(1));

        private final Function<Peer, List<String>> command;

        Kind(Function<Peer, List<String>> command) {
            this.command = command;
        }

        boolean commands(Peer peer) {
            return !command.apply(peer).isEmpty();
        }
    }

    private void head() {
        out.printf(LINE, "", "unit", Peer.GOSTUB.title(), Peer.QEMU.title(), Peer.GDBSERVER.title(), "native", "ratio");
        out.printf(LINE, "---", "---", "---:", "---:", "---:", "---:", "---");
    }

    private void debugging() {
        line(Kind.DEBUG, "start → listening", "ms", Peer.GDBSERVER, Measures::listening);
        line(Kind.DEBUG, "start → gdb prompt at the entry", "ms", Peer.GDBSERVER, Measures::prompt);
        line(
                Kind.STAY,
                "gdb's start → its prompt at the entry, a server that stays",
                "ms",
                Peer.GDBSERVER,
                Measures::promptAtServerThatStays);
        line(Kind.DEBUG, "entry → main.main", "ms", Peer.GDBSERVER, Measures::entryToMain);
        line(Kind.DEBUG, "raw `vCont;s` round trips", "1/s", Peer.QEMU, Measures::stepsPerSecond);
        line(
                Kind.DEBUG,
                "gdb `next` over a loop (`vCont;r`, warm), instructions",
                "1/s",
                Peer.GDBSERVER,
                Measures::rangeStepsPerSecond);
        line(Kind.DEBUG, "gdb `stepi 500`", "ms", Peer.QEMU, peer -> Measures.stepi(peer, 500));
        line(Kind.DEBUG, "gdb `stepi 1000`", "ms", Peer.QEMU, peer -> Measures.stepi(peer, 1000));
        line(Kind.DEBUG, "resident memory, `debug hello` at the entry", "MB", Peer.GDBSERVER, Measures::resident);
        line(Kind.RUN, "`run hello`, wall", "ms", Peer.QEMU, peer -> Measures.run(peer, Measures.HELLO));
    }

    private void largeMemory(Path guests, Gdb gdb) {
        String title = gdb.title();
        if (Files.exists(guests.resolve("memory"))) {
            for (String content : List.of("zeros", "random")) {
                String what = title + " `dump binary memory`, 32 MiB, " + content;
                line(Kind.DEBUG, what, "ms", Peer.GDBSERVER, peer -> Measures.dump(peer, gdb, guests, content));
            }
        }
        if (Files.exists(guests.resolve("bench"))) {
            String what = title + " `generate-core-file` of a Go program at main.main";
            line(Kind.DEBUG, what, "ms", Peer.GDBSERVER, peer -> Measures.gcore(peer, gdb, guests));
        }
    }

    private void outside(Path guests) {
        if (Files.exists(guests.resolve("web"))) {
            line(Kind.RUN, "Go `net/http`, 50 connections from outside, requests", "1/s", Peer.QEMU, peer -> {
                try (Web web = Web.start(peer, guests)) {
                    return web.requestsPerSecond();
                }
            });
            line(Kind.RUN, "100 MB out of a Go web server", "ms", Peer.QEMU, peer -> {
                try (Web web = Web.start(peer, guests)) {
                    return web.download(MANY_BYTES);
                }
            });
            line(Kind.RUN, "100 MB into a Go web server", "ms", Peer.QEMU, peer -> {
                try (Web web = Web.start(peer, guests)) {
                    return web.upload(MANY_BYTES);
                }
            });
        }
    }

    private void programs(String bench) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put("fib", 38L);
        sizes.put("sieve", 25_000_000L);
        sizes.put("nbody", 8_000_000L);
        sizes.put("maps", 1_800_000L);
        sizes.put("sort", 4_000_000L);
        sizes.put("json", 35_000L);
        sizes.put("sha", 33_000_000L);
        List<Double> ratios = new ArrayList<>();
        sizes.forEach((name, least) -> {
            long size = Peer.QEMU.isInstalled() ? enough(bench, name, least) : least;
            List<String> program = List.of(bench, name, Long.toString(size));
            line(Kind.RUN, "`bench " + name + " " + size + "`", "ms", Peer.QEMU, peer -> Measures.run(peer, program))
                    .ifPresentDouble(ratios::add);
        });
        if (!ratios.isEmpty()) {
            double mean =
                    Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(0));
            out.printf(LINE, "geometric mean of these", "", "", "", "", "", times(mean) + " " + Peer.QEMU.title());
        }
    }

    /** A size from the given one upwards that keeps qemu busy for long enough. */
    private static long enough(String bench, String name, long least) {
        long size = least;
        try {
            for (int i = 0; i < 8; i++) {
                double millis = Measures.run(Peer.QEMU, List.of(bench, name, Long.toString(size)));
                if (millis >= ENOUGH_MILLIS) {
                    break;
                }
                size = name.equals("fib") ? size + 1 : (long) (size * Math.clamp(1.1 * ENOUGH_MILLIS / millis, 1.1, 8));
            }
        } catch (IOException failed) {
            System.err.println("bench/compare: " + failed.getMessage());
        }
        return size;
    }

    /** The ratio of ours to a peer, if both have been measured. */
    private record Ratio(double value) {
        void ifPresentDouble(java.util.function.Consumer<Double> user) {
            if (!Double.isNaN(value)) {
                user.accept(value);
            }
        }
    }

    private Ratio line(Kind kind, String what, String unit, Peer against, Measure measure) {
        Map<Peer, Figures> figures = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            boolean able = peer.isInstalled() && kind.commands(peer);
            figures.put(peer, able ? several(peer, measure) : Figures.none());
        }
        Figures ours = figures.getOrDefault(Peer.GOSTUB, Figures.none());
        Figures theirs = figures.getOrDefault(against, Figures.none());
        double ratio = ours.isEmpty() || theirs.isEmpty() ? Double.NaN : ours.median() / theirs.median();
        List<String> cells = new ArrayList<>();
        figures.values().forEach(value -> cells.add(value.text()));
        String last = Double.isNaN(ratio) ? "–" : times(ratio) + " " + against.title();
        out.printf(LINE, what, unit, cells.get(0), cells.get(1), cells.get(2), cells.get(3), last);
        out.flush();
        return new Ratio(ratio);
    }

    private Figures several(Peer peer, Measure measure) {
        double[] values = new double[runs];
        try {
            for (int i = 0; i < runs; i++) {
                values[i] = measure.at(peer);
            }
            return Figures.of(values);
        } catch (IOException failed) {
            System.err.println("bench/compare: " + peer.title() + ": " + failed.getMessage());
            return Figures.none();
        }
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}
