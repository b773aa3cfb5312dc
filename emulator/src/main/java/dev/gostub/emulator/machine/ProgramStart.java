package dev.gostub.emulator.machine;

import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.Vfs;

/** Puts kernel, files and the first process together, and the program into it. */
final class ProgramStart {
    private final Kernel kernel;
    private final Vfs vfs;
    private final Process process;
    private final ProgramLoader loader;

    ProgramStart(MachineConfiguration configuration) throws BadProgramException {
        Host host = configuration.host();
        kernel = new Kernel(host, configuration.processors(), configuration.memoryBytes());
        vfs = new Vfs(host, kernel.clock());
        vfs.mountProc(new ProcessViews(kernel));
        for (GuestMount mount : host.mounts()) {
            mount(mount);
        }
        try {
            FileSystemContext directories = vfs.newContext("/");
            if (configuration.content().isPresent()) {
                new ProgramFile(vfs, directories)
                        .install(
                                configuration.program(), configuration.content().get());
                new ProgramFile(vfs, directories).makeDirectories(configuration.workingDirectory());
            }
            enter(directories, configuration.workingDirectory());
            process = kernel.lifecycle().createProcess(new AddressSpace(), vfs.newFileTable(), directories);
            vfs.terminal().setForegroundGroup(process.group());
            loader = new ProgramLoader(kernel, vfs);
            ProgramLoader.Loaded loaded = loader.load(
                    directories,
                    configuration.program(),
                    configuration.arguments(),
                    configuration.environment(),
                    process.credentials());
            kernel.lifecycle().execute(process.tasks().getFirst(), loaded.memory(), loaded.program(), loaded.dataEnd());
        } catch (FileFailure failure) {
            throw new IllegalStateException("cannot set up the first process: " + failure.errno(), failure);
        }
    }

    private void mount(GuestMount wanted) throws BadProgramException {
        try {
            vfs.mount(wanted);
        } catch (FileFailure failure) {
            throw new BadProgramException(
                    Reason.NO_SUCH_FILE,
                    "cannot mount at " + wanted.at() + ": " + failure.errno().text()
                            + "; name a folder of the guest that is there or can be made");
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

    ProgramLoader loader() {
        return loader;
    }
}
