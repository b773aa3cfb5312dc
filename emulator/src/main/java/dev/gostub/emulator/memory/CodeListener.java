package dev.gostub.emulator.memory;

/** Told when code that was fetched from a page may have changed, so that operations decoded from it must be dropped. */
public interface CodeListener {
    /** The content, protection or existence of the page with this number (address / 4,096) changed. */
    void codeChanged(long pageNumber);

    /** Everything changed (a snapshot was restored, a new program was loaded). */
    void allCodeChanged();
}
