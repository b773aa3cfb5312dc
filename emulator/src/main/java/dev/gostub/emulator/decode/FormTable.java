package dev.gostub.emulator.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One opcode map: for each opcode its forms, the most specific first. Filled by the tables of the instruction set, one {@link #op} a line; a line that cannot be told from
 * another one is refused when the map is sealed.
 */
public final class FormTable {
    private static final Form[] NONE = {};

    private final List<Form> lines = new ArrayList<>();
    private final Form[][] byOpcode = new Form[256][];

    /** Adds a line; its constraints follow as chained calls. */
    public Form op(int opcode, String text, Semantics semantics) {
        Form form = new Form(opcode, text, semantics);
        lines.add(form);
        return form;
    }

    /** Ends the filling. */
    public FormTable seal() {
        Arrays.fill(byOpcode, NONE);
        for (Form form : lines) {
            Form[] before = byOpcode[form.opcode()];
            for (Form other : before) {
                if (other.collidesWith(form))
                    throw new IllegalStateException("twice in one map: " + form + ", " + other);
            }
            Form[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = form;
            byOpcode[form.opcode()] = after;
        }
        for (Form[] forms : byOpcode) Arrays.sort(forms, (a, b) -> Integer.compare(b.specificity(), a.specificity()));
        return this;
    }

    /** All lines in the order of the table. */
    public List<Form> lines() {
        return List.copyOf(lines);
    }

    boolean hasModRm(int opcode) {
        Form[] forms = byOpcode[opcode];
        return forms.length > 0 && forms[0].hasModRm();
    }

    @Nullable
    Form find(int opcode, Encoding encoding) {
        for (Form form : byOpcode[opcode]) {
            if (form.matches(encoding)) return form;
        }
        return null;
    }
}
