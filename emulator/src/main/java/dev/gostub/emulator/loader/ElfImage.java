package dev.gostub.emulator.loader;

import static dev.gostub.emulator.abi.Elf.*;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.memory.AddressSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ELF64 executable that was found fit to run: x86-64, with segments that lie inside the file and beside each other, and an entry.
 *
 * <p>Like Linux the loader looks at program headers only; section headers may be missing or nonsense.
 */
public final class ElfImage {
    private static final int PATH_MAX = 4096;
    private static final int LARGEST_HEADERS = 65536 / PHDR_BYTES;

    private final String path;
    private final String file;
    private final byte[] content;
    private final boolean positionIndependent;
    private final long entry;
    private final long headersOffset;
    private final int headerCount;
    private final List<Segment> segments = new ArrayList<>();
    /** Offset of the PT_INTERP program header; 0 if there is none. */
    private int interpreterHeader;

    private ElfImage(String path, String file, byte[] content) throws BadProgramException {
        this.path = path;
        this.file = file;
        this.content = content;
        checkIdentity();
        int type = LittleEndian.get16(content, E_TYPE);
        positionIndependent = type == ET_DYN;
        if (type != ET_EXEC && type != ET_DYN) {
            throw bad(
                    Reason.NOT_EXECUTABLE_TYPE,
                    type == ET_REL
                            ? "is an object file; link it first"
                            : type == ET_CORE ? "is a core file; give the program" : "is of unknown ELF type " + type);
        }
        entry = LittleEndian.get64(content, E_ENTRY);
        headersOffset = LittleEndian.get64(content, E_PHOFF);
        headerCount = LittleEndian.get16(content, E_PHNUM);
        readHeaders();
        checkEntry();
    }

    /**
     * Checks a file.
     *
     * @param path for messages
     * @param file its absolute path, for /proc/PID/maps
     * @param content the whole file; not copied, must not change
     */
    public static ElfImage parse(String path, String file, byte[] content) throws BadProgramException {
        return new ElfImage(path, file, content);
    }

    private BadProgramException bad(Reason reason, String what) {
        return new BadProgramException(reason, "cannot run " + path + ": it " + what);
    }

    private void checkIdentity() throws BadProgramException {
        boolean magic = content.length >= 4
                && content[0] == 0x7f
                && content[1] == 'E'
                && content[2] == 'L'
                && content[3] == 'F';
        if (!magic) {
            throw bad(Reason.NOT_ELF, "is not an ELF file; build it for linux/amd64 (GOOS=linux GOARCH=amd64)");
        }
        if (content.length < EHDR_BYTES) {
            throw bad(Reason.TRUNCATED, "ends within the ELF header; copy or build it again");
        }
        if (content[EI_CLASS] != ELFCLASS64) {
            throw bad(Reason.NOT_64_BIT, "is a 32-bit program; build it for amd64 (GOARCH=amd64)");
        }
        if (content[EI_DATA] != ELFDATA2LSB) {
            throw bad(Reason.BIG_ENDIAN, "is big-endian; build it for amd64 (GOARCH=amd64)");
        }
        int machine = LittleEndian.get16(content, E_MACHINE);
        if (machine != EM_X86_64) {
            throw bad(Reason.OTHER_MACHINE, "is for " + machineName(machine) + "; build it for amd64 (GOARCH=amd64)");
        }
    }

    private static String machineName(int machine) {
        return switch (machine) {
            case EM_386 -> "386";
            case EM_ARM -> "arm";
            case EM_AARCH64 -> "arm64";
            case EM_RISCV -> "riscv";
            default -> "another machine (ELF number " + machine + ")";
        };
    }

    private void readHeaders() throws BadProgramException {
        int size = LittleEndian.get16(content, E_PHENTSIZE);
        if (headerCount == 0 || headerCount > LARGEST_HEADERS || size != PHDR_BYTES) {
            throw bad(Reason.NOTHING_TO_LOAD, "has no usable program headers; link it as an executable");
        }
        if (headersOffset < 0 || headersOffset > content.length - (long) headerCount * PHDR_BYTES) {
            throw bad(Reason.TRUNCATED, "ends before its program headers; copy or build it again");
        }
        for (int i = 0; i < headerCount; i++) {
            int at = (int) headersOffset + i * PHDR_BYTES;
            switch (LittleEndian.get32(content, at + P_TYPE)) {
                case PT_LOAD -> addSegment(at);
                case PT_INTERP -> interpreterHeader = interpreterHeader == 0 ? at : interpreterHeader;
                default -> {}
            }
        }
        if (segments.isEmpty()) {
            throw bad(Reason.NOTHING_TO_LOAD, "has no segments to load; link it as an executable");
        }
    }

    /**
     * Path of the program that is to load this one's libraries and start it: the dynamic linker. Read only when it is asked for, since nobody asks an interpreter
     * for its own.
     */
    public Optional<String> interpreter() throws BadProgramException {
        if (interpreterHeader == 0) {
            return Optional.empty();
        }
        long offset = LittleEndian.get64(content, interpreterHeader + P_OFFSET);
        long length = LittleEndian.get64(content, interpreterHeader + P_FILESZ);
        boolean inside = length >= 2 && length <= PATH_MAX && offset >= 0 && offset <= content.length - length;
        if (!inside || content[(int) (offset + length) - 1] != 0) {
            throw bad(Reason.UNREADABLE_INTERPRETER, "names no readable interpreter (PT_INTERP); link it again");
        }
        String name = GuestText.of(content, (int) offset, (int) length - 1);
        int end = name.indexOf(0);
        return Optional.of(end < 0 ? name : name.substring(0, end));
    }

    private void addSegment(int at) throws BadProgramException {
        Segment segment = new Segment(
                LittleEndian.get32(content, at + P_FLAGS),
                LittleEndian.get64(content, at + P_OFFSET),
                LittleEndian.get64(content, at + P_VADDR),
                LittleEndian.get64(content, at + P_FILESZ),
                LittleEndian.get64(content, at + P_MEMSZ));
        if (segment.memoryBytes() == 0) {
            return;
        }
        String where = "has a segment at 0x" + Long.toHexString(segment.address());
        boolean outOfRange = segment.address() < 0
                || segment.memoryBytes() < 0
                || segment.fileBytes() < 0
                || segment.fileBytes() > segment.memoryBytes()
                || segment.address() > AddressSpace.END - AddressSpace.PAGE_SIZE
                || segment.memoryBytes() > AddressSpace.END - segment.address() - AddressSpace.PAGE_SIZE
                || (segment.address() - segment.offset()) % AddressSpace.PAGE_SIZE != 0;
        if (outOfRange) {
            throw bad(Reason.SEGMENT_OUT_OF_RANGE, where + " that no address space can hold; build it again");
        }
        if (segment.offset() < 0 || segment.offset() > content.length - segment.fileBytes()) {
            throw bad(Reason.SEGMENT_PAST_END, where + " that lies past the end of the file; copy or build it again");
        }
        for (Segment other : segments) {
            boolean apart = segment.address() >= other.address() + other.memoryBytes()
                    || other.address() >= segment.address() + segment.memoryBytes();
            if (!apart) {
                throw bad(Reason.OVERLAPPING_SEGMENTS, where + " that overlaps another one; link it again");
            }
        }
        segments.add(segment);
    }

    private void checkEntry() throws BadProgramException {
        boolean inside = segments.stream()
                .anyMatch(
                        s -> (s.flags() & PF_X) != 0 && entry >= s.address() && entry < s.address() + s.memoryBytes());
        if (!inside || entry == 0) {
            throw positionIndependent && entry == 0
                    ? bad(Reason.NO_ENTRY, "is a shared object without an entry point; give a program")
                    : bad(Reason.NO_ENTRY, "has an entry point outside its code; link it again");
        }
    }

    String path() {
        return path;
    }

    /** What /proc/PID/maps calls it. */
    String file() {
        return file;
    }

    byte[] content() {
        return content;
    }

    boolean isPositionIndependent() {
        return positionIndependent;
    }

    /** Address of the first instruction, without the load bias. */
    long entry() {
        return entry;
    }

    int headerCount() {
        return headerCount;
    }

    List<Segment> segments() {
        return segments;
    }

    /** Where the lowest segment begins, without the load bias. */
    long start() {
        return segments.stream().mapToLong(Segment::start).min().orElseThrow();
    }

    /** Where the highest segment ends, without the load bias. */
    long end() {
        return segments.stream().mapToLong(Segment::end).max().orElseThrow();
    }

    /** Where the program headers come to lie in memory, without the load bias; 0 if no segment holds them (as Linux says then). */
    long headersAddress() {
        for (Segment segment : segments) {
            if (headersOffset >= segment.offset() && headersOffset < segment.offset() + segment.fileBytes()) {
                return headersOffset - segment.offset() + segment.address();
            }
        }
        return 0;
    }
}
