package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Netlink;
import dev.gostub.emulator.abi.Sockets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the kernel answers on a socket of {@code NETLINK_ROUTE}: there is one interface, the loopback with its two addresses, and no route, neighbour or rule that anybody
 * could ask for. It cannot be changed.
 */
final class RouteMessages {
    private static final byte[] NAME = (Loopback.NAME + "\0").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_HARDWARE_ADDRESS = new byte[6];
    private static final byte[] VERSION_4 = {127, 0, 0, 1};
    private static final byte[] VERSION_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final byte[] request;
    private final int port;
    private final List<byte[]> answers = new ArrayList<>();

    private RouteMessages(byte[] request, int port) {
        this.request = request;
        this.port = port;
    }

    /** The datagrams that answer the messages of one datagram from the socket with this port. */
    static List<byte[]> answer(byte[] request, int port) {
        RouteMessages messages = new RouteMessages(request, port);
        int at = 0;
        while (at + Netlink.HEADER_BYTES <= request.length) {
            int length = LittleEndian.get32(request, at);
            if (length < Netlink.HEADER_BYTES || length > request.length - at) {
                break;
            }
            messages.answerTo(at, length);
            at += length + 3 & ~3;
        }
        return messages.answers;
    }

    private void answerTo(int at, int length) {
        int type = LittleEndian.get16(request, at + 4);
        int flags = LittleEndian.get16(request, at + 6);
        boolean dump = (flags & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
        if (type < Netlink.NLMSG_MIN_TYPE) {
            acknowledge(at, flags);
        } else if ((type & 3) != Netlink.RTM_GET) {
            fail(at, length, Errno.EPERM);
        } else if (dump) {
            List<byte[]> described = described(type, at, length);
            if (!described.isEmpty()) {
                answers.add(concatenate(described));
            }
            answers.add(message(at, Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI, new byte[Integer.BYTES]));
        } else if (type != Netlink.RTM_GETLINK) {
            fail(at, length, Errno.EOPNOTSUPP);
        } else if (meansLoopback(at, length)) {
            answers.add(message(at, Netlink.RTM_NEWLINK, 0, link()));
            acknowledge(at, flags);
        } else {
            fail(at, length, Errno.ENODEV);
        }
    }

    private void acknowledge(int at, int flags) {
        if ((flags & Netlink.NLM_F_ACK) != 0) {
            result(at, 0, Netlink.NLM_F_CAPPED, Netlink.HEADER_BYTES);
        }
    }

    private void fail(int at, int length, Errno errno) {
        result(at, errno.result(), 0, length);
    }

    /** {@code struct nlmsgerr}: a negative errno, or 0, and so many bytes of what it is about. */
    private void result(int at, long result, int flags, int length) {
        byte[] about = Arrays.copyOfRange(request, at, at + length);
        answers.add(
                message(at, Netlink.NLMSG_ERROR, flags, concatenate(List.of(LittleEndian.of32((int) result), about))));
    }

    private List<byte[]> described(int type, int at, int length) {
        int family = length > Netlink.HEADER_BYTES ? request[at + Netlink.HEADER_BYTES] : Sockets.AF_UNSPEC;
        List<byte[]> found = new ArrayList<>();
        if (type == Netlink.RTM_GETLINK) {
            found.add(message(at, Netlink.RTM_NEWLINK, Netlink.NLM_F_MULTI, link()));
        } else if (type == Netlink.RTM_GETADDR) {
            if (family == Sockets.AF_UNSPEC || family == Sockets.AF_INET) {
                found.add(
                        message(at, Netlink.RTM_NEWADDR, Netlink.NLM_F_MULTI, address(Sockets.AF_INET, 8, VERSION_4)));
            }
            if (family == Sockets.AF_UNSPEC || family == Sockets.AF_INET6) {
                byte[] body = address(Sockets.AF_INET6, 128, VERSION_6);
                found.add(message(at, Netlink.RTM_NEWADDR, Netlink.NLM_F_MULTI, body));
            }
        }
        return found;
    }

    /** By its index, or by its name where the index is 0. */
    private boolean meansLoopback(int at, int length) {
        int body = at + Netlink.HEADER_BYTES;
        if (length < Netlink.HEADER_BYTES + Netlink.IFINFO_BYTES) {
            return false;
        }
        int index = LittleEndian.get32(request, body + Netlink.IFINFO_INDEX);
        return index == Loopback.INDEX || index == 0 && isNamedLoopback(body + Netlink.IFINFO_BYTES, at + length);
    }

    private boolean isNamedLoopback(int from, int end) {
        int at = from;
        while (at + Netlink.ATTRIBUTE_HEADER_BYTES <= end) {
            int length = LittleEndian.get16(request, at);
            if (length < Netlink.ATTRIBUTE_HEADER_BYTES || length > end - at) {
                return false;
            }
            if (LittleEndian.get16(request, at + 2) == Netlink.IFLA_IFNAME) {
                int start = at + Netlink.ATTRIBUTE_HEADER_BYTES;
                String name = new String(request, start, at + length - start, StandardCharsets.US_ASCII);
                return name.equals(Loopback.NAME) || name.equals(Loopback.NAME + "\0");
            }
            at += length + 3 & ~3;
        }
        return false;
    }

    private static byte[] link() {
        byte[] information = new byte[Netlink.IFINFO_BYTES];
        LittleEndian.put16(information, 2, Netlink.ARPHRD_LOOPBACK);
        LittleEndian.put32(information, Netlink.IFINFO_INDEX, Loopback.INDEX);
        LittleEndian.put32(information, 8, Loopback.FLAGS | Netlink.IFF_LOWER_UP);
        return concatenate(List.of(
                information,
                attribute(Netlink.IFLA_IFNAME, NAME),
                attribute(Netlink.IFLA_TXQLEN, LittleEndian.of32(Loopback.QUEUE)),
                attribute(Netlink.IFLA_MTU, LittleEndian.of32(Loopback.MTU)),
                attribute(Netlink.IFLA_ADDRESS, NO_HARDWARE_ADDRESS),
                attribute(Netlink.IFLA_BROADCAST, NO_HARDWARE_ADDRESS)));
    }

    /** Of version 4 it is named three times, as Linux does. */
    private static byte[] address(int family, int prefixBits, byte[] address) {
        byte[] start = {
            (byte) family,
            (byte) prefixBits,
            (byte) Netlink.IFA_F_PERMANENT,
            (byte) Netlink.RT_SCOPE_HOST,
            Loopback.INDEX,
            0,
            0,
            0
        };
        List<byte[]> parts = new ArrayList<>(List.of(start, attribute(Netlink.IFA_ADDRESS, address)));
        if (family == Sockets.AF_INET) {
            parts.add(attribute(Netlink.IFA_LOCAL, address));
            parts.add(attribute(Netlink.IFA_LABEL, NAME));
        }
        parts.add(attribute(Netlink.IFA_FLAGS, LittleEndian.of32(Netlink.IFA_F_PERMANENT)));
        return concatenate(parts);
    }

    private byte[] message(int at, int type, int flags, byte[] body) {
        byte[] header = new byte[Netlink.HEADER_BYTES];
        LittleEndian.put32(header, 0, Netlink.HEADER_BYTES + body.length);
        LittleEndian.put16(header, 4, type);
        LittleEndian.put16(header, 6, flags);
        LittleEndian.put32(header, 8, LittleEndian.get32(request, at + 8));
        LittleEndian.put32(header, 12, port);
        return concatenate(List.of(header, body));
    }

    private static byte[] attribute(int type, byte[] value) {
        byte[] header = new byte[Netlink.ATTRIBUTE_HEADER_BYTES];
        LittleEndian.put16(header, 0, Netlink.ATTRIBUTE_HEADER_BYTES + value.length);
        LittleEndian.put16(header, 2, type);
        return concatenate(List.of(header, value));
    }

    /** Each part is padded to four bytes. */
    private static byte[] concatenate(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
            all.writeBytes(new byte[-part.length & 3]);
        }
        return all.toByteArray();
    }
}
