package dev.gostub.app;

import dev.gostub.emulator.abi.GuestText;

/**
 * The user gave something that cannot work. The message is one line: what, why, what to do. It is printed as it is and the
 * program ends with status 2; there is no stack trace because there is no defect.
 */
final class UserError extends Exception {
    private static final long serialVersionUID = 1L;

    UserError(String line) {
        super(line, null, false, false);
    }

    String line() {
        String message = getMessage();
        return message == null ? "bad input" : GuestText.shown(message);
    }
}
