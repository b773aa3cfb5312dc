package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Ioctl.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Netlink;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.vfs.Loopback;
import dev.gostub.emulator.vfs.SocketObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code ioctl(2)} of sockets: how much is under way, and what the one interface is like ({@code netdevice(7)}). */
final class InterfaceCalls {
    /** {@code struct ifconf}: an int and a pointer. */
    private static final int LIST_AT = 8;

    private InterfaceCalls() {}

    static SyscallResult ioctl(SyscallContext call, SocketObject socket, long address) {
        switch (call.integer(1)) {
            case TIOCOUTQ -> {
                long unsent = socket.unsentBytes();
                if (Errno.isError(unsent)) {
                    return SyscallResult.of(unsent);
                }
                call.write32(address, (int) unsent);
            }
            case SIOCGIFNAME -> {
                byte[] request = call.read(address, IFREQ_BYTES);
                if (LittleEndian.get32(request, IFREQ_NAME_BYTES) != Loopback.INDEX) {
                    return SyscallResult.failure(Errno.ENODEV);
                }
                call.write(address, name());
            }
            case SIOCGIFCONF -> list(call, address);
            default -> {
                return attribute(call, socket, address);
            }
        }
        return SyscallResult.OK;
    }

    private static byte[] name() {
        return Arrays.copyOf(Loopback.NAME.getBytes(StandardCharsets.US_ASCII), IFREQ_NAME_BYTES);
    }

    /** The addresses of version 4; without room only how much is needed. */
    private static void list(SyscallContext call, long address) {
        int room = call.read32(address);
        long list = call.read64(address + LIST_AT);
        if (list != 0 && room >= IFREQ_BYTES) {
            byte[] request = Arrays.copyOf(name(), IFREQ_BYTES);
            byte[] value = address(Loopback.ADDRESS);
            System.arraycopy(value, 0, request, IFREQ_NAME_BYTES, value.length);
            call.write(list, request);
        }
        call.write32(address, list == 0 || room >= IFREQ_BYTES ? IFREQ_BYTES : 0);
    }

    private static SyscallResult attribute(SyscallContext call, SocketObject socket, long address) {
        byte[] value = value(call.integer(1), socket.family());
        byte[] name = call.read(address, IFREQ_NAME_BYTES);
        name[IFREQ_NAME_BYTES - 1] = 0;
        if (!new String(name, StandardCharsets.ISO_8859_1).startsWith(Loopback.NAME + "\0")) {
            return SyscallResult.failure(Errno.ENODEV);
        }
        call.write(address + IFREQ_NAME_BYTES, value);
        return SyscallResult.OK;
    }

    private static byte[] value(int request, int family) {
        byte[] value = new byte[Sockets.SOCKADDR_IN_BYTES];
        switch (request) {
            case SIOCGIFINDEX -> LittleEndian.put32(value, 0, Loopback.INDEX);
            case SIOCGIFFLAGS -> LittleEndian.put16(value, 0, Loopback.FLAGS);
            case SIOCGIFMTU -> LittleEndian.put32(value, 0, Loopback.MTU);
            case SIOCGIFTXQLEN -> LittleEndian.put32(value, 0, Loopback.QUEUE);
            case SIOCGIFMETRIC -> LittleEndian.put32(value, 0, 0);
            case SIOCGIFHWADDR -> LittleEndian.put16(value, 0, Netlink.ARPHRD_LOOPBACK);
            default -> {
                return addressValue(request, family);
            }
        }
        return value;
    }

    private static byte[] addressValue(int request, int family) {
        if (family != Sockets.AF_INET) {
            throw new SyscallException(Errno.ENOTTY);
        }
        return switch (request) {
            case SIOCGIFADDR, SIOCGIFDSTADDR -> address(Loopback.ADDRESS);
            case SIOCGIFBRDADDR -> address(0);
            case SIOCGIFNETMASK -> address(Loopback.MASK);
            default -> throw new SyscallException(Errno.ENOTTY);
        };
    }

    private static byte[] address(int version4) {
        return Internet.version4(version4, 0).toBytes(Sockets.AF_INET);
    }
}
