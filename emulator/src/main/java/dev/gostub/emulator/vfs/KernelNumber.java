package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Numbers as the kernel takes them from what is written to a file of /proc: {@code kstrtoint} and its kin of lib/kstrtox.c. */
final class KernelNumber {
    /** PROC_NUMBUF of fs/proc/internal.h, without the zero at its end: what is behind is not looked at. */
    private static final int PROC_NUMBUF = 12;

    private KernelNumber() {}

    /** {@code kstrtoint(strstrip(buffer), base, …)} on a buffer of PROC_NUMBUF. */
    static int buffered(byte[] bytes, int base) throws FileFailure {
        String text = new String(bytes, 0, Math.min(bytes.length, PROC_NUMBUF), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return (int)
                parse((end < 0 ? text : text.substring(0, end)).strip(), base, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** {@code kstrtou32_from_user}, {@code kstrtoull_from_user}: no space, but a line's end may follow. */
    static long unsigned(byte[] bytes, int base, long largest) throws FileFailure {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return parse(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text, base, 0, largest);
    }

    /**
     * {@code base} 0 takes 0x for hexadecimal and 0 for octal.
     *
     * @throws FileFailure EINVAL for what is no number, ERANGE for one outside of the limits
     */
    static long parse(String text, int base, long least, long largest) throws FileFailure {
        boolean negative = text.startsWith("-");
        if (negative && least == 0) {
            throw new FileFailure(Errno.EINVAL);
        }
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = base;
        if (base == 0) {
            radix = digits.startsWith("0x") || digits.startsWith("0X") ? 16 : digits.startsWith("0") ? 8 : 10;
            digits = radix == 16 ? digits.substring(2) : digits;
        }
        if (!areDigits(digits, radix)) {
            throw new FileFailure(Errno.EINVAL);
        }
        BigInteger value = new BigInteger(negative ? "-" + digits : digits, radix);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(largest)) > 0) {
            throw new FileFailure(Errno.ERANGE);
        }
        return value.longValue();
    }

    private static boolean areDigits(String text, int radix) {
        int at = 0;
        while (at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        return at == text.length() && at > 0;
    }
}
