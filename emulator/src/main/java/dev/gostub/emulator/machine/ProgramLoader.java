package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.kernel.Clock;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Program;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.loader.ElfImage;
import dev.gostub.emulator.loader.ElfLoader;
import dev.gostub.emulator.loader.InitialStack;
import dev.gostub.emulator.loader.StartArguments;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.Vfs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds a program in the guest's tree and makes the address space that it starts in; no process has changed by then. */
final class ProgramLoader {
    /** CPUID.1:EDX as the processor says it: AT_HWCAP. */
    private static final long HARDWARE_CAPABILITIES = 0x178bfbffL;

    private static final int RANDOM_BYTES = 16;

    private final Kernel kernel;
    private final Vfs vfs;

    ProgramLoader(Kernel kernel, Vfs vfs) {
        this.kernel = kernel;
        this.vfs = vfs;
    }

    /**
     * Loads a program.
     *
     * @param directories whose root, current directory and rights count
     * @param path of the program's file, relative ones included
     * @param arguments with argument 0
     * @param environment {@code NAME=value}
     * @param who for the auxiliary vector
     */
    Loaded load(
            FileSystemContext directories,
            String path,
            List<String> arguments,
            List<String> environment,
            Credentials who)
            throws BadProgramException {
        ProgramFile.Content file = read(directories, path);
        ElfImage image = ElfImage.parse(path, file.path(), file.bytes());
        Optional<String> named = image.interpreter();
        Optional<ElfImage> interpreter =
                named.isPresent() ? Optional.of(interpreter(directories, path, named.get())) : Optional.empty();
        byte[] random = new byte[RANDOM_BYTES];
        kernel.entropy().fill(random, 0, random.length);
        Host host = kernel.host();
        StartArguments start = new StartArguments(
                path,
                arguments,
                environment,
                new StartArguments.User(who.realUser(), who.effectiveUser(), who.realGroup(), who.effectiveGroup()),
                random,
                HARDWARE_CAPABILITIES,
                new StartArguments.ClockOrigin(host.startDateNanos(), Clock.UPTIME_AT_START_NANOS));
        AddressSpace memory = new AddressSpace();
        ElfLoader.LoadedProgram loaded = ElfLoader.load(image, interpreter, memory, start);
        InitialStack stack = loaded.stack();
        Program program = new Program(
                file.path(),
                start.arguments(),
                start.environment(),
                stack.auxiliaryVector(),
                loaded.entry(),
                loaded.start(),
                new Program.Range(stack.argumentStrings(), stack.environmentStrings()),
                new Program.Range(stack.environmentStrings(), stack.stringsEnd()),
                stack.pointer());
        return new Loaded(memory, program, loaded.dataEnd());
    }

    /**
     * Loads a program for a process that asks for it.
     *
     * @throws FileFailure as execve(2) fails
     */
    Loaded loadForExec(Process process, String path, List<String> arguments, List<String> environment)
            throws FileFailure {
        FileSystemContext directories = process.directories();
        vfs.facts().access(directories.here(), path, FileMode.X_OK, Fcntl.AT_EACCESS);
        try {
            return load(directories, path, arguments, environment, process.credentials());
        } catch (BadProgramException bad) {
            throw new FileFailure(
                    switch (bad.reason()) {
                        case NO_SUCH_FILE, NEEDS_INTERPRETER -> Errno.ENOENT;
                        case DIRECTORY, NOT_READABLE -> Errno.EACCES;
                        case BAD_INTERPRETER -> Errno.ELIBBAD;
                        case ARGUMENTS_TOO_LONG -> Errno.E2BIG;
                        default -> Errno.ENOEXEC;
                    });
        }
    }

    /** The dynamic linker that a program names. */
    private ElfImage interpreter(FileSystemContext directories, String program, String path)
            throws BadProgramException {
        String what = "cannot run " + program + ": its interpreter " + path;
        try {
            vfs.facts().access(directories.here(), path, FileMode.X_OK, Fcntl.AT_EACCESS);
            ProgramFile.Content file = new ProgramFile(vfs, directories).read(path);
            return ElfImage.parse(path, file.path(), file.bytes());
        } catch (FileFailure failure) {
            throw switch (failure.errno()) {
                case ENOENT, ENOTDIR ->
                    new BadProgramException(
                            Reason.NEEDS_INTERPRETER,
                            "cannot run " + program + ": it needs the interpreter " + path
                                    + ", which is not there; install it, or link the program statically (CGO_ENABLED=0, or -static)");
                default ->
                    new BadProgramException(
                            Reason.NOT_READABLE,
                            what + " may not be run: " + failure.errno().text().toLowerCase(Locale.ROOT)
                                    + "; check the file's permissions");
            };
        } catch (BadProgramException bad) {
            throw new BadProgramException(Reason.BAD_INTERPRETER, what + " is of no use: " + bad.getMessage());
        }
    }

    /** A program in an address space of its own; {@code dataEnd} is where its break starts. */
    record Loaded(AddressSpace memory, Program program, long dataEnd) {}

    private ProgramFile.Content read(FileSystemContext directories, String path) throws BadProgramException {
        try {
            return new ProgramFile(vfs, directories).read(path);
        } catch (FileFailure failure) {
            throw switch (failure.errno()) {
                case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP ->
                    new BadProgramException(
                            Reason.NO_SUCH_FILE,
                            "cannot run " + path + ": " + failure.errno().text().toLowerCase(Locale.ROOT)
                                    + "; give the path of a program built for linux/amd64");
                case EISDIR ->
                    new BadProgramException(
                            Reason.DIRECTORY,
                            "cannot run " + path + ": it is a directory; give the path of a program in it");
                default ->
                    new BadProgramException(
                            Reason.NOT_READABLE,
                            "cannot run " + path + ": " + failure.errno().text().toLowerCase(Locale.ROOT)
                                    + "; check the file's permissions");
            };
        }
    }
}
