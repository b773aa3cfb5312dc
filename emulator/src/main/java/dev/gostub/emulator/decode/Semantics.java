package dev.gostub.emulator.decode;

/** What a form means; implemented by the instruction families. Decoding only carries it along. */
public interface Semantics {
    /** The name of the operation, usually the manual's mnemonic. */
    String name();
}
