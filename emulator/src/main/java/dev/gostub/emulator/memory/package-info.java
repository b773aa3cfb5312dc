/**
 * Guest memory: one address space of 4 KiB pages behind two direct-mapped TLBs, mappings with their protection, copy-on-write, pages that
 * hold decoded code, watched pages, and page faults. It knows neither registers nor Linux: protections are three bits, and what a fault means to the guest
 * is the kernel's business. Start reading at {@link dev.gostub.emulator.memory.AddressSpace}.
 */
@NullMarked
package dev.gostub.emulator.memory;

import org.jspecify.annotations.NullMarked;
