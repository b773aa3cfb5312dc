package dev.gostub.emulator.abi;

import java.util.ArrayList;
import java.util.List;

/** The kernel's {@code struct termios} (asm-generic/termbits.h): four flag words, line discipline, 19 control characters. */
public final class Termios {
    public static final int BYTES = 36;

    private static final int INPUT = 0;
    private static final int OUTPUT = 4;
    private static final int LOCAL = 12;
    private static final int CONTROL_CHARACTERS = 17;
    private static final int VTIME = CONTROL_CHARACTERS + 5;
    private static final int VMIN = CONTROL_CHARACTERS + 6;

    /** A bit of a flag word and what stty(1) calls it. */
    private record Mode(int word, int bit, String name) {}

    // spotless:off
    private static final List<Mode> MODES = List.of(
            new Mode(INPUT, 0x1, "ignbrk"),
            new Mode(INPUT, 0x2, "brkint"),
            new Mode(INPUT, 0x4, "ignpar"),
            new Mode(INPUT, 0x8, "parmrk"),
            new Mode(INPUT, 0x10, "inpck"),
            new Mode(INPUT, 0x20, "istrip"),
            new Mode(INPUT, 0x40, "inlcr"),
            new Mode(INPUT, 0x80, "igncr"),
            new Mode(INPUT, 0x100, "icrnl"),
            new Mode(INPUT, 0x400, "ixon"),
            new Mode(INPUT, 0x1000, "ixoff"),
            new Mode(OUTPUT, 0x1, "opost"),
            new Mode(OUTPUT, 0x4, "onlcr"),
            new Mode(LOCAL, 0x1, "isig"),
            new Mode(LOCAL, 0x2, "icanon"),
            new Mode(LOCAL, 0x8, "echo"),
            new Mode(LOCAL, 0x10, "echoe"),
            new Mode(LOCAL, 0x20, "echok"),
            new Mode(LOCAL, 0x40, "echonl"),
            new Mode(LOCAL, 0x80, "noflsh"),
            new Mode(LOCAL, 0x100, "tostop"),
            new Mode(LOCAL, 0x8000, "iexten"));
    // spotless:on

    private static final int ICANON = 0x2;

    private Termios() {}

    /**
     * {@code struct termios} of a terminal in its usual line mode: what {@code tty_std_termios} of {@code drivers/tty/tty_io.c}
     * holds, at 38,400 baud.
     */
    public static byte[] usual() {
        byte[] b = new byte[BYTES];
        LittleEndian.put32(b, 0, 0x500); // ICRNL | IXON
        LittleEndian.put32(b, 4, 0x5); // OPOST | ONLCR
        LittleEndian.put32(b, 8, 0xBF); // B38400 | CS8 | CREAD
        LittleEndian.put32(b, 12, 0x8A3B); // ISIG ICANON ECHO ECHOE ECHOK ECHOCTL ECHOKE IEXTEN
        byte[] control = {3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0};
        System.arraycopy(control, 0, b, 17, control.length);
        return b;
    }

    /** What leads from one {@code struct termios} to another, in the words of stty(1); other control characters than MIN and TIME and the speed are left alone. */
    public static List<String> changes(byte[] before, byte[] after) {
        List<String> words = new ArrayList<>();
        for (Mode mode : MODES) {
            boolean set = (LittleEndian.get32(after, mode.word) & mode.bit) != 0;
            if (set != ((LittleEndian.get32(before, mode.word) & mode.bit) != 0)) {
                words.add(set ? mode.name : "-" + mode.name);
            }
        }
        // In line mode their places hold the characters for end of file and line on some systems.
        boolean byCharacters = (LittleEndian.get32(after, LOCAL) & ICANON) == 0;
        boolean changed = before[VMIN] != after[VMIN] || before[VTIME] != after[VTIME] || words.contains("-icanon");
        if (byCharacters && changed) {
            words.addAll(List.of(
                    "min", Integer.toString(after[VMIN] & 0xff), "time", Integer.toString(after[VTIME] & 0xff)));
        }
        return words;
    }
}
