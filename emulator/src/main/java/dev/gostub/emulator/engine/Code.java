package dev.gostub.emulator.engine;

import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.InstructionSet;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.GuestFault;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the bytes of an address space say to a processor, and where breakpoints are. */
final class Code {
    final TreeSet<Long> breakpoints = new TreeSet<>();
    private final AddressSpace memory;
    private final byte[] bytes = new byte[Decoder.LONGEST_BYTES];
    /** Made when it is first needed: the tables take longer to fill than a program to load. */
    private @Nullable Decoder decoder;

    Code(AddressSpace memory) {
        this.memory = memory;
    }

    /** The instruction at an address; throws the fault of fetching it. */
    Instruction decode(long address) {
        int available = memory.fetch(address, bytes, bytes.length);
        if (decoder == null) decoder = InstructionSet.decoder();
        Instruction instruction = decoder.decode(bytes, available, address);
        if (instruction != null) return instruction;
        if (available == bytes.length)
            throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION); // over 15 bytes
        memory.fetch(address + available, bytes, 1); // the page that is missing
        throw new IllegalStateException("truncated instruction at " + Long.toHexString(address));
    }
}
