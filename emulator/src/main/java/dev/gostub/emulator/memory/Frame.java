package dev.gostub.emulator.memory;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a page that an object (a file, shared memory) and any number of address spaces have in common, and which pages of theirs it is. Code that was decoded from it belongs to the content, so whoever changes the content,
 * through whatever mapping or none, says so here first.
 */
public final class Frame {
    private final byte[] bytes;
    private final List<Use> uses = new ArrayList<>(2);
    /** Operations were decoded from it, by one of the users at least. */
    private boolean code;

    /** @param bytes a page's; the object's own array */
    public Frame(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The bytes are about to change, or have just changed: code decoded from them is dropped everywhere. */
    public void change() {
        if (!code) return;
        code = false;
        for (Use use : uses) {
            AddressSpace space = use.space.get();
            if (space != null) space.frameChanged(use.number);
        }
    }

    /** The object has become shorter and does without it: the address spaces lose the page. */
    public void remove() {
        change();
        for (Use use : List.copyOf(uses)) {
            AddressSpace space = use.space.get();
            if (space != null) space.frameRemoved(use.number);
        }
        uses.clear();
    }

    boolean hasCode() {
        return code;
    }

    /** Code is decoded from it: nobody may write it without saying so. */
    void decode() {
        if (code) return;
        code = true;
        for (Use use : uses) {
            AddressSpace space = use.space.get();
            if (space != null) space.frameDecoded(use.number);
        }
    }

    void enter(AddressSpace space, long number) {
        uses.removeIf(use -> use.space.get() == null);
        uses.add(new Use(new WeakReference<>(space), number));
    }

    void leave(AddressSpace space, long number) {
        uses.removeIf(use -> {
            @Nullable AddressSpace other = use.space.get();
            return other == null || other == space && use.number == number;
        });
    }

    /** A page of an address space. An object can outlive the address spaces of many processes: they are not kept for its sake. */
    private record Use(WeakReference<AddressSpace> space, long number) {}
}
