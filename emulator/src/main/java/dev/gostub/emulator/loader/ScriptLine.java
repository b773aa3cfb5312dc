package dev.gostub.emulator.loader;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a script, read as Linux reads it (load_script of fs/binfmt_script.c): {@code #!}, the path of the program that
 * interprets the script, and what is left of the line as one argument for it.
 */
public record ScriptLine(String interpreter, Optional<String> argument) {
    /** What Linux reads of a file before it decides who runs it (BINPRM_BUF_SIZE). */
    private static final int HEAD_BYTES = 256;

    /** True for what begins as a script does. */
    public static boolean isScript(byte[] content) {
        return content.length >= 2 && content[0] == '#' && content[1] == '!';
    }

    /**
     * Reads the first line.
     *
     * @param path of the script, for messages
     */
    public static ScriptLine parse(String path, byte[] content) throws BadProgramException {
        byte[] head = Arrays.copyOf(content, HEAD_BYTES); // zeros behind the end of a short file
        int end = indexOf(head, '\n');
        boolean cut = end < 0;
        if (cut) {
            end = HEAD_BYTES - 1;
        }
        while (end > 2 && isBlank(head[end - 1])) {
            end--;
        }
        int name = skipBlanks(head, 2, end);
        int nameEnd = word(head, name, end);
        // Where the file ends here Linux opens "", finds the current directory, and says EACCES instead of ENOEXEC.
        if (name == nameEnd) {
            throw bad(path, "names no interpreter");
        }
        byte last = head[HEAD_BYTES - 1];
        if (cut && nameEnd == HEAD_BYTES - 1 && last != 0 && !isBlank(last)) {
            throw bad(path, "is too long, its interpreter's path may be cut off");
        }
        int argument = nameEnd < end && head[nameEnd] != 0 ? skipBlanks(head, nameEnd, end) : end;
        String rest = text(head, argument, end);
        return new ScriptLine(text(head, name, nameEnd), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
    }

    private static BadProgramException bad(String path, String what) {
        return new BadProgramException(
                Reason.SCRIPT, "cannot run " + path + ": its first line " + what + "; give it one like #!/bin/sh");
    }

    /**
     * What the interpreter is started with.
     *
     * @param script the path by which it finds the script
     * @param given the arguments of the script, the first of which is not passed on
     */
    public List<String> arguments(String script, List<String> given) {
        List<String> all = new ArrayList<>();
        all.add(interpreter);
        argument.ifPresent(all::add);
        all.add(script);
        all.addAll(given.subList(1, given.size()));
        return all;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static int indexOf(byte[] bytes, char c) {
        for (int i = 0; i < bytes.length && bytes[i] != 0; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    private static int skipBlanks(byte[] head, int from, int end) {
        int at = from;
        while (at < end && isBlank(head[at])) {
            at++;
        }
        return at;
    }

    /** End of the word that begins at an index. */
    private static int word(byte[] head, int from, int end) {
        int at = from;
        while (at < end && !isBlank(head[at]) && head[at] != 0) {
            at++;
        }
        return at;
    }

    /** Up to a zero, if there is one before the end. */
    private static String text(byte[] head, int from, int end) {
        int at = from;
        while (at < end && head[at] != 0) {
            at++;
        }
        return GuestText.of(head, from, at - from);
    }
}
