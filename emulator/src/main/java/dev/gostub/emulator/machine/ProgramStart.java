package dev.gostub.emulator.machine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.kernel.Clock;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Program;
import dev.gostub.emulator.kernel.Task;
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

/** Puts kernel, files and the first process together, and a program into a process. */
final class ProgramStart {
    /** CPUID.1:EDX as the processor says it: AT_HWCAP. */
    private static final long HARDWARE_CAPABILITIES = 0x178bfbffL;

    private static final int RANDOM_BYTES = 16;
    /** RFLAGS at the start of a program: interrupts on, the bit that is always set. */
    private static final long START_FLAGS = 0x202;

    private final Kernel kernel;
    private final Vfs vfs;
    private final Process process;
    private final String directory;

    ProgramStart(MachineConfiguration configuration) throws BadProgramException {
        Host host = configuration.host();
        directory = configuration.workingDirectory();
        kernel = new Kernel(host, configuration.processors(), configuration.memoryBytes());
        vfs = new Vfs(host, kernel.clock());
        vfs.mountProc(new ProcessViews(kernel));
        try {
            FileSystemContext directories = vfs.newContext("/");
            if (configuration.content().isPresent()) {
                new ProgramFile(vfs, directories)
                        .install(
                                configuration.program(), configuration.content().get());
                new ProgramFile(vfs, directories).makeDirectories(configuration.workingDirectory());
            }
            enter(directories, configuration.workingDirectory());
            process = kernel.createProcess(new AddressSpace(), vfs.newFileTable(), directories);
            Task task = process.tasks().getFirst();
            byte[] content = read(directories, configuration.program());
            start(task, configuration.program(), content, configuration.arguments(), configuration.environment());
        } catch (FileFailure failure) {
            throw new IllegalStateException("cannot set up the first process: " + failure.errno(), failure);
        }
    }

    private void enter(FileSystemContext directories, String path) throws BadProgramException {
        try {
            vfs.chdir(directories, directories.here(), path);
        } catch (FileFailure failure) {
            throw new BadProgramException(
                    Reason.NO_SUCH_FILE,
                    "cannot start in directory " + path + ": " + failure.errno().text() + "; give another with --cwd");
        }
    }

    Kernel kernel() {
        return kernel;
    }

    Vfs vfs() {
        return vfs;
    }

    Process process() {
        return process;
    }

    private byte[] read(FileSystemContext directories, String path) throws BadProgramException {
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

    /** The path with the working directory in front if it is relative, as /proc/PID/exe shows it. */
    private String absolute(String path) {
        return path.startsWith("/") ? path : (directory + "/" + path).replace("//", "/");
    }

    private void start(Task task, String path, byte[] content, List<String> arguments, List<String> environment)
            throws BadProgramException {
        Credentials who = task.process().credentials();
        ElfImage image = ElfImage.parse(path, content);
        byte[] random = new byte[RANDOM_BYTES];
        kernel.entropy().fill(random, 0, random.length);
        StartArguments start = new StartArguments(
                path,
                arguments,
                environment,
                new StartArguments.User(who.realUser(), who.effectiveUser(), who.realGroup(), who.effectiveGroup()),
                random,
                HARDWARE_CAPABILITIES,
                new StartArguments.ClockOrigin(kernel.host().startDateNanos(), Clock.UPTIME_AT_START_NANOS));
        AddressSpace memory = task.process().memory();
        ElfLoader.LoadedProgram loaded = ElfLoader.load(image, memory, start);
        InitialStack stack = loaded.stack();
        Program program = new Program(
                absolute(path),
                start.arguments(),
                start.environment(),
                stack.auxiliaryVector(),
                loaded.entry(),
                new Program.Range(stack.argumentStrings(), stack.environmentStrings()),
                new Program.Range(stack.environmentStrings(), stack.stringsEnd()),
                stack.pointer());
        task.process().execute(program, loaded.dataEnd());
        task.rename(program.taskName());
        Cpu cpu = task.cpu();
        cpu.rip = loaded.entry();
        cpu.r[Cpu.RSP] = stack.pointer();
        cpu.flags.setRflags(START_FLAGS);
    }
}
