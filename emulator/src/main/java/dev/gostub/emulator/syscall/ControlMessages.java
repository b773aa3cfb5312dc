package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.MessageHeader;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.vfs.Ancillary;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Control messages of {@code sendmsg(2)} and {@code recvmsg(2)}, {@code cmsg(3)}: descriptors and who sends, on local sockets. */
final class ControlMessages {
    /** {@code struct cmsghdr}: length with the header, level, type. */
    private static final int HEADER_BYTES = 16;

    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int LARGEST = 1 << 16;

    private final SyscallContext call;
    private final byte[] control;
    private final List<OpenFile> files = new ArrayList<>();
    private Optional<Ucred> stated = Optional.empty();

    private ControlMessages(SyscallContext call, byte[] control) {
        this.call = call;
        this.control = control;
    }

    /** What a message header of the guest says goes along. The files are those of the table, not retained. */
    static Ancillary sent(SyscallContext call, SocketObject socket, byte[] header) throws FileFailure {
        long length = LittleEndian.get64(header, MessageHeader.CONTROL_LENGTH);
        if (length < 0 || length > LARGEST) {
            throw new SyscallException(Errno.ENOBUFS);
        }
        boolean none = length < HEADER_BYTES;
        byte[] control =
                none ? new byte[0] : call.read(LittleEndian.get64(header, MessageHeader.CONTROL), (int) length);
        ControlMessages messages = new ControlMessages(call, control);
        messages.parse(socket.family() == Sockets.AF_UNIX);
        Ucred sender = messages.stated.orElseGet(() -> SocketCalls.caller(call));
        return new Ancillary(List.copyOf(messages.files), Optional.of(sender), messages.stated.isPresent());
    }

    private void parse(boolean local) throws FileFailure {
        int at = 0;
        while (at + HEADER_BYTES <= control.length) {
            long length = LittleEndian.get64(control, at);
            if (length < HEADER_BYTES || length > control.length - at) {
                throw new SyscallException(Errno.EINVAL);
            }
            // Those of other levels choose addresses and interfaces, of which there is no choice.
            if (LittleEndian.get32(control, at + LEVEL) == Sockets.SOL_SOCKET && local) {
                take(at, (int) length - HEADER_BYTES);
            }
            at += (int) length + 7 & ~7;
        }
    }

    private void take(int at, int length) throws FileFailure {
        switch (LittleEndian.get32(control, at + TYPE)) {
            case Sockets.SCM_RIGHTS -> takeFiles(at + HEADER_BYTES, length / Integer.BYTES);
            case Sockets.SCM_CREDENTIALS -> {
                if (length != Ucred.BYTES) {
                    throw new SyscallException(Errno.EINVAL);
                }
                stated = Optional.of(permitted(Ucred.of(control, at + HEADER_BYTES)));
            }
            default -> throw new SyscallException(Errno.EINVAL);
        }
    }

    private void takeFiles(int at, int count) throws FileFailure {
        if (files.size() + count > Sockets.MOST_DESCRIPTORS) {
            throw new SyscallException(Errno.EINVAL);
        }
        for (int i = 0; i < count; i++) {
            files.add(call.files().get(LittleEndian.get32(control, at + i * Integer.BYTES)));
        }
    }

    /** Only root may say that somebody else sends ({@code scm_check_creds}). */
    private Ucred permitted(Ucred claim) {
        var own = call.process().credentials();
        boolean self = claim.process() == call.process().id() || own.effectiveUser() == 0;
        if (!self || !own.mayBeUser(claim.user()) || !own.mayBeGroup(claim.group())) {
            throw new SyscallException(Errno.EPERM);
        }
        return claim;
    }

    /**
     * Gives what came along to the guest, as far as there is room in the message header, whose length of control messages is changed to
     * what was used.
     *
     * @return flags for the message header
     */
    static int give(SyscallContext call, SocketObject socket, Ancillary with, byte[] header) {
        long at = LittleEndian.get64(header, MessageHeader.CONTROL);
        long room = at == 0 ? 0 : Math.max(LittleEndian.get64(header, MessageHeader.CONTROL_LENGTH), 0);
        int flags = 0;
        long used = 0;
        if (socket.options().isSet(SocketOption.SO_PASSCRED)) {
            byte[] value = with.sender().orElse(Ucred.UNKNOWN).toBytes();
            used = put(call, at, room, message(Sockets.SCM_CREDENTIALS, value));
            flags |= room < HEADER_BYTES + value.length ? Sockets.MSG_CTRUNC : 0;
        }
        if (!with.files().isEmpty()) {
            int most = (int) Math.clamp(
                    (room - used - HEADER_BYTES) / Integer.BYTES,
                    0L,
                    with.files().size());
            boolean closedOnExec = (call.integer(2) & Sockets.MSG_CMSG_CLOEXEC) != 0;
            byte[] descriptors = install(call, with.files().subList(0, most), closedOnExec);
            if (descriptors.length > 0) {
                used += put(call, at + used, room - used, message(Sockets.SCM_RIGHTS, descriptors));
            }
            flags |= descriptors.length < with.files().size() * Integer.BYTES ? Sockets.MSG_CTRUNC : 0;
        }
        LittleEndian.put64(header, MessageHeader.CONTROL_LENGTH, used);
        return flags;
    }

    private static byte[] message(int type, byte[] value) {
        byte[] message = new byte[HEADER_BYTES + value.length];
        LittleEndian.put64(message, 0, message.length);
        LittleEndian.put32(message, LEVEL, Sockets.SOL_SOCKET);
        LittleEndian.put32(message, TYPE, type);
        System.arraycopy(value, 0, message, HEADER_BYTES, value.length);
        return message;
    }

    /** Writes one message or what there is room for; the result is the room it takes with its padding. */
    private static long put(SyscallContext call, long at, long room, byte[] message) {
        if (room < HEADER_BYTES) {
            return 0;
        }
        int length = (int) Math.min(room, message.length);
        LittleEndian.put64(message, 0, length);
        call.write(at, message, length);
        return Math.min(room, message.length + 7 & ~7);
    }

    /** The numbers of the descriptors that the files get, until there is no more room in the table. */
    private static byte[] install(SyscallContext call, List<OpenFile> files, boolean closedOnExec) {
        byte[] numbers = new byte[files.size() * Integer.BYTES];
        int done = 0;
        try {
            for (OpenFile file : files) {
                int descriptor = call.files().add(file.retain(), closedOnExec ? OpenFlags.O_CLOEXEC : 0);
                LittleEndian.put32(numbers, done, descriptor);
                done += Integer.BYTES;
            }
        } catch (FileFailure full) {
            return Arrays.copyOf(numbers, done);
        }
        return numbers;
    }
}
