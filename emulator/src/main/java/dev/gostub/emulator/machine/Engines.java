package dev.gostub.emulator.machine;

import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.memory.AddressSpace;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The engine of each address space: processes that share one share their decoded code. No state of the machine: an engine can be made anew at any time. */
final class Engines {
    private final Kernel kernel;
    private final ArrayList<Engine> engines = new ArrayList<>();
    private @Nullable Engine last;

    Engines(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The engine of an address space; made, if there is none. */
    Engine of(AddressSpace memory) {
        if (last == null || last.memory() != memory) {
            last = search(memory);
        }
        return last;
    }

    private Engine search(AddressSpace memory) {
        for (Engine engine : engines) {
            if (engine.memory() == memory) {
                return engine;
            }
        }
        engines.removeIf(
                engine -> kernel.processes().stream().noneMatch(process -> process.memory() == engine.memory()));
        Engine made = new Engine(memory);
        engines.add(made);
        return made;
    }
}
