package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.kernel.Clock;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Program;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.loader.ElfLoader;
import dev.gostub.emulator.loader.InitialStack;
import dev.gostub.emulator.loader.StartArguments;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.Vfs;
import java.util.List;

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
        ProgramReader.Executable executable = new ProgramReader(vfs, directories).read(path, arguments);
        byte[] random = new byte[RANDOM_BYTES];
        kernel.entropy().fill(random, 0, random.length);
        Host host = kernel.host();
        StartArguments start = new StartArguments(
                path,
                executable.arguments(),
                environment,
                new StartArguments.User(who.realUser(), who.effectiveUser(), who.realGroup(), who.effectiveGroup()),
                random,
                HARDWARE_CAPABILITIES,
                new StartArguments.ClockOrigin(host.startDateNanos(), Clock.UPTIME_AT_START_NANOS));
        AddressSpace memory = new AddressSpace();
        ElfLoader.LoadedProgram loaded = ElfLoader.load(executable.image(), executable.linker(), memory, start);
        InitialStack stack = loaded.stack();
        Program program = new Program(
                path,
                executable.path(),
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
        new ProgramReader(vfs, directories).requireExecutable(path);
        try {
            return load(directories, path, arguments, environment, process.credentials());
        } catch (BadProgramException bad) {
            throw new FileFailure(
                    switch (bad.reason()) {
                        case NO_SUCH_FILE, NEEDS_INTERPRETER -> Errno.ENOENT;
                        case DIRECTORY, NOT_READABLE -> Errno.EACCES;
                        case TOO_MANY_SCRIPTS -> Errno.ELOOP;
                        case BAD_INTERPRETER -> Errno.ELIBBAD;
                        case ARGUMENTS_TOO_LONG -> Errno.E2BIG;
                        default -> Errno.ENOEXEC;
                    });
        }
    }

    /** A program in an address space of its own; {@code dataEnd} is where its break starts. */
    record Loaded(AddressSpace memory, Program program, long dataEnd) {}
}
