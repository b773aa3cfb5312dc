package dev.gostub.emulator.decode;

/** Tells tests of other packages what of a form's encoding is nobody else's business. */
public final class FormShape {
    private FormShape() {}

    public static boolean hasModRm(Form form) {
        return form.hasModRm();
    }
}
