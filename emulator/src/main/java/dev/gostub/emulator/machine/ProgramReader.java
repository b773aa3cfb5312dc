package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.loader.ElfImage;
import dev.gostub.emulator.loader.ScriptLine;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.Vfs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what it takes to run a program: its file, the interpreter of a script, the dynamic linker. */
final class ProgramReader {
    /** A script may be interpreted by a script, and so on, so many times (exec_binprm of fs/exec.c). */
    private static final int MOST_SCRIPTS = 5;

    private final Vfs vfs;
    private final FileSystemContext directories;

    ProgramReader(Vfs vfs, FileSystemContext directories) {
        this.vfs = vfs;
        this.directories = directories;
    }

    /**
     * What is to be loaded.
     *
     * @param path absolute, without links
     * @param linker the dynamic linker, if the program asks for one
     * @param arguments with those for the interpreter of a script
     */
    record Executable(String path, ElfImage image, Optional<ElfImage> linker, List<String> arguments) {}

    Executable read(String path, List<String> arguments) throws BadProgramException {
        ProgramFile.Content file = file(path);
        String script = path;
        List<String> all = arguments;
        for (int scripts = 0; ScriptLine.isScript(file.bytes()); scripts++) {
            if (scripts == MOST_SCRIPTS) {
                throw new BadProgramException(
                        Reason.TOO_MANY_SCRIPTS,
                        "cannot run " + path + ": its interpreter is a script, whose interpreter is one, and so on; "
                                + "name a program in the first line of one of them");
            }
            ScriptLine line = ScriptLine.parse(script, file.bytes());
            all = line.arguments(script, all);
            file = interpreter(script, line.interpreter(), "correct the first line or install it");
            script = line.interpreter();
        }
        ElfImage image = ElfImage.parse(script, file.path(), file.bytes());
        Optional<String> named = image.interpreter();
        Optional<ElfImage> linker = named.isPresent() ? Optional.of(linker(script, named.get())) : Optional.empty();
        return new Executable(file.path(), image, linker, all);
    }

    /** The dynamic linker that a program names. */
    private ElfImage linker(String program, String path) throws BadProgramException {
        String remedy = "install it, or link the program statically (CGO_ENABLED=0, or -static)";
        ProgramFile.Content file = interpreter(program, path, remedy);
        try {
            return ElfImage.parse(path, file.path(), file.bytes());
        } catch (BadProgramException bad) {
            throw new BadProgramException(
                    Reason.BAD_INTERPRETER,
                    "cannot run " + program + ": its interpreter is of no use: " + bad.getMessage());
        }
    }

    private ProgramFile.Content interpreter(String program, String path, String remedy) throws BadProgramException {
        try {
            requireExecutable(path);
            return new ProgramFile(vfs, directories).read(path);
        } catch (FileFailure failure) {
            boolean missing = failure.errno() == Errno.ENOENT || failure.errno() == Errno.ENOTDIR;
            throw missing
                    ? new BadProgramException(
                            Reason.NEEDS_INTERPRETER,
                            "cannot run " + program + ": it needs the interpreter " + path + ", which is not there; "
                                    + remedy)
                    : new BadProgramException(
                            Reason.NOT_READABLE,
                            "cannot run " + program + ": its interpreter " + path + " may not be run: " + text(failure)
                                    + "; check the file's permissions");
        }
    }

    /**
     * Checks a path that a process wants to execute.
     *
     * @throws FileFailure the file is not there or may not be executed
     */
    void requireExecutable(String path) throws FileFailure {
        vfs.facts().access(directories.here(), path, FileMode.X_OK, Fcntl.AT_EACCESS);
    }

    private ProgramFile.Content file(String path) throws BadProgramException {
        try {
            return new ProgramFile(vfs, directories).read(path);
        } catch (FileFailure failure) {
            throw switch (failure.errno()) {
                case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP ->
                    new BadProgramException(
                            Reason.NO_SUCH_FILE,
                            "cannot run " + path + ": " + text(failure)
                                    + "; give the path of a program built for linux/amd64");
                case EISDIR ->
                    new BadProgramException(
                            Reason.DIRECTORY,
                            "cannot run " + path + ": it is a directory; give the path of a program in it");
                default ->
                    new BadProgramException(
                            Reason.NOT_READABLE,
                            "cannot run " + path + ": " + text(failure) + "; check the file's permissions");
            };
        }
    }

    private static String text(FileFailure failure) {
        return failure.errno().text().toLowerCase(Locale.ROOT);
    }
}
