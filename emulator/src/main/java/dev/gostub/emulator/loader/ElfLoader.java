package dev.gostub.emulator.loader;

import dev.gostub.emulator.abi.Elf;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.util.Arrays;
import java.util.Optional;

/** Maps the segments of an {@link ElfImage} and builds its stack: what {@code load_elf_binary} of Linux (fs/binfmt_elf.c) leaves behind, without ASLR. */
public final class ElfLoader {
    /** Where position-independent programs are loaded (ELF_ET_DYN_BASE without randomisation, as people know it from gdb). */
    public static final long PIE_BASE = 0x555555554000L;
    /** End of the stack. */
    public static final long STACK_TOP = AddressSpace.END;
    /** The whole of it is mapped at once: the default limit. Linux lets it grow to there. */
    public static final long STACK_BYTES = 8 << 20;

    /** Below it only what asks for it is mapped: vm.mmap_min_addr. */
    private static final long LOWEST = 0x10000;

    private static final long PAGE = AddressSpace.PAGE_SIZE;
    private static final Backing STACK = Backing.named("[stack]");
    private static final int READ_WRITE = Protection.READ | Protection.WRITE;

    private ElfLoader() {}

    /**
     * Loads into an empty address space.
     *
     * @param interpreter what starts the program, if it asks for that; what this one asks for does not count
     * @throws BadProgramException the arguments do not fit onto the stack, or the interpreter nowhere; the address space is of no use then
     */
    public static LoadedProgram load(
            ElfImage image, Optional<ElfImage> interpreter, AddressSpace memory, StartArguments arguments)
            throws BadProgramException {
        arguments.checkSize(image.path());
        long bias = image.isPositionIndependent() ? PIE_BASE : 0;
        map(image, memory, bias);
        memory.map(new Mapping(STACK_TOP - STACK_BYTES, STACK_TOP, READ_WRITE, false, STACK, 0));
        mapVdso(memory, arguments.clocks());
        long entry = image.entry() + bias;
        long start = entry;
        long interpreterBias = 0;
        if (interpreter.isPresent()) {
            interpreterBias = place(interpreter.get(), memory);
            map(interpreter.get(), memory, interpreterBias);
            start = interpreter.get().entry() + interpreterBias;
        }
        long headers = image.headersAddress() == 0 ? 0 : image.headersAddress() + bias;
        InitialStack stack = InitialStack.build(
                memory, arguments, new InitialStack.Origin(headers, image.headerCount(), interpreterBias, entry));
        return new LoadedProgram(entry, start, image.end() + bias, stack);
    }

    /** The load bias of an interpreter: it goes where mmap(2) would put it, which without ASLR is right below the vDSO. */
    private static long place(ElfImage interpreter, AddressSpace memory) throws BadProgramException {
        long length = interpreter.end() - interpreter.start();
        if (interpreter.isPositionIndependent()) {
            long address = memory.findFree(length, LOWEST, AddressSpace.MMAP_BASE);
            if (address >= 0) {
                return address - interpreter.start();
            }
        } else if (memory.isFree(interpreter.start(), interpreter.end())) {
            return 0;
        }
        throw new BadProgramException(
                Reason.BAD_INTERPRETER,
                "cannot run " + interpreter.path() + " as an interpreter: its place is taken; link the program again");
    }

    private static void map(ElfImage image, AddressSpace memory, long bias) {
        for (Segment segment : image.segments()) {
            map(image, memory, segment, bias);
        }
    }

    private static void map(ElfImage image, AddressSpace memory, Segment segment, long bias) {
        long start = segment.start() + bias;
        long contentEnd = segment.address() + bias + segment.fileBytes();
        long contentPages = contentEnd + PAGE - 1 & -PAGE;
        int protection = protection(segment.flags());
        if (segment.fileBytes() > 0) {
            long offset = segment.offset() - (segment.address() - segment.start());
            Backing file = new Backing.Bytes(image.file(), image.content());
            memory.map(new Mapping(start, contentPages, protection, false, file, offset));
        } else {
            contentPages = start;
        }
        if (segment.memoryBytes() > segment.fileBytes()) {
            if (segment.end() + bias > contentPages) {
                memory.map(new Mapping(contentPages, segment.end() + bias, protection, false, Backing.ANONYMOUS, 0));
            }
            // The rest of the last page of content is part of the zeros (padzero).
            int rest = (int) (contentPages - contentEnd);
            if (segment.fileBytes() > 0 && rest > 0) {
                memory.poke(contentEnd, new byte[rest], 0, rest);
            }
        }
    }

    private static void mapVdso(AddressSpace memory, StartArguments.ClockOrigin clocks) {
        byte[] object = Vdso.build(clocks.realtime(), clocks.monotonic());
        Backing named = new Backing.Bytes("[vdso]", object);
        memory.map(new Mapping(Vdso.DATA_ADDRESS, Vdso.ADDRESS, Protection.READ, false, Backing.named("[vvar]"), 0));
        memory.map(new Mapping(
                Vdso.ADDRESS, Vdso.ADDRESS + Vdso.BYTES, Protection.READ | Protection.EXECUTE, false, named, 0));
    }

    private static int protection(int flags) {
        int protection = 0;
        protection |= (flags & Elf.PF_R) != 0 ? Protection.READ : 0;
        protection |= (flags & Elf.PF_W) != 0 ? READ_WRITE : 0;
        protection |= (flags & Elf.PF_X) != 0 ? Protection.EXECUTE | Protection.READ : 0;
        return protection;
    }

    /**
     * A program in memory.
     *
     * @param entry of the program itself
     * @param start address of the first instruction, the interpreter's if there is one
     * @param dataEnd page-aligned end of the program's segments, where the break starts
     */
    public record LoadedProgram(long entry, long start, long dataEnd, InitialStack stack) {}

    static byte[] zeroEnded(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }
}
