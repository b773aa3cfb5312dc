package dev.gostub.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AddressSpaceTest {
    private static final long BASE = 0x10000;
    private final AddressSpace space = new AddressSpace();

    private void map(long start, long end, int protection) {
        space.map(new Mapping(start, end, protection, false, Backing.ANONYMOUS, 0));
    }

    @Test
    void loadsReadWhatStoresWroteAtEveryWidthAndAlignment() {
        map(BASE, BASE + 0x3000, Protection.READ | Protection.WRITE);
        Random random = new Random(7);
        for (int offset = 0xff0; offset < 0x1010; offset++) {
            long value = random.nextLong();
            long at = BASE + offset;
            space.store64(at, value);
            assertEquals(value, space.load64(at));
            assertEquals(value & 0xffffffffL, space.load32(at));
            assertEquals(value & 0xffff, space.load16(at));
            assertEquals(value & 0xff, space.load8(at));
            space.store32(at, ~value);
            space.store16(at + 4, ~value >>> 32);
            space.store8(at + 6, ~value >>> 48);
            space.store8(at + 7, ~value >>> 56);
            assertEquals(~value, space.load64(at));
        }
    }

    /** An object of one page that mappings share. */
    private record OnePage(byte[] page, Frame frame) implements Backing {
        OnePage(byte[] page) {
            this(page, new Frame(page));
        }

        @Override
        public byte[] page(long offsetBytes) {
            return page.clone();
        }

        @Override
        public Optional<Frame> sharedPage(long offsetBytes) {
            return Optional.of(frame);
        }

        @Override
        public long lengthBytes() {
            return page.length;
        }

        @Override
        public String name() {
            return "/object";
        }
    }

    @Test
    void storesInSharedMappingsGoToTheObjectAndThoseInPrivateOnesDoNot() {
        byte[] object = new byte[0x1000];
        Backing backing = new OnePage(object);
        int readWrite = Protection.READ | Protection.WRITE;
        space.map(new Mapping(BASE, BASE + 0x1000, readWrite, true, backing, 0));
        space.map(new Mapping(BASE + 0x1000, BASE + 0x2000, readWrite, true, backing, 0));
        space.map(new Mapping(BASE + 0x2000, BASE + 0x3000, readWrite, false, backing, 0));
        space.store8(BASE + 5, 55);
        assertEquals(55, object[5]);
        object[6] = 66;
        assertEquals(66, space.load8(BASE + 0x1006), "the other mapping");
        space.store8(BASE + 0x2005, 77);
        assertEquals(55, object[5]);
        space.move(BASE, 0x1000, BASE + 0x8000, 0x1000);
        space.store8(BASE + 0x8007, 88);
        assertEquals(88, object[7], "mremap keeps it shared");
    }

    @Test
    void snapshotLeavesWhatIsSharedToItsOwner() {
        byte[] object = new byte[0x1000];
        space.map(new Mapping(BASE, BASE + 0x1000, Protection.READ | Protection.WRITE, true, new OnePage(object), 0));
        space.store8(BASE, 1);
        AddressSpaceSnapshot snapshot = space.capture();
        long hash = space.hash();
        space.store8(BASE, 2);
        assertEquals(2, object[0], "still shared after the capture");
        assertNotEquals(hash, space.hash());
        object[0] = 1; // as the file's own snapshot does it
        space.restore(snapshot);
        assertEquals(hash, space.hash());
        space.store8(BASE, 3);
        assertEquals(3, object[0]);
    }

    @Test
    void debuggersReadLeavesNoTrace() {
        byte[] file = new byte[0x1800];
        file[0x1000] = 42;
        space.map(new Mapping(BASE, BASE + 0x3000, Protection.NONE, false, new Backing.Bytes("f", file), 0));
        long hash = space.hash();
        byte[] read = new byte[0x3000];
        assertEquals(0x2000, space.peek(BASE, read, 0, read.length), "the third page lies behind the file's end");
        assertEquals(42, read[0x1000]);
        assertEquals(0, space.residentBytes());
        assertEquals(hash, space.hash());
    }

    @Test
    void privateBytesAreThoseThatMayDifferFromWhatIsBehindTheMapping() {
        map(BASE, BASE + 0x10000, Protection.READ | Protection.WRITE);
        Backing file = new Backing.Bytes("/file", new byte[0x4000]);
        space.map(new Mapping(0x100000, 0x104000, Protection.READ, false, file, 0));
        Mapping anonymous = space.mappings().getFirst();
        Mapping text = space.mappings().getLast();
        space.load64(BASE); // reading makes no page of one's own
        space.load64(0x100000);
        assertEquals(0, space.privateBytes(anonymous));
        assertEquals(0, space.privateBytes(text));
        space.store64(BASE + 0x3ffc, 1); // two pages
        space.poke(0x102000, new byte[] {1}, 0, 1); // a debugger writes into text
        assertEquals(0x2000, space.privateBytes(anonymous));
        assertEquals(0x1000, space.privateBytes(text));
    }

    @Test
    void storeAcrossIntoAnUnmappedPageWritesNothing() {
        map(BASE, BASE + 0x1000, Protection.READ | Protection.WRITE);
        GuestFault fault = assertThrows(GuestFault.class, () -> space.store64(BASE + 0xffc, -1));
        assertEquals(BASE + 0x1000, fault.address(), "the processor names the start of the second page");
        assertEquals(0, space.load32(BASE + 0xffc));
    }

    @Test
    void faultsTellUnmappedFromForbiddenFromNonCanonical() {
        map(BASE, BASE + 0x1000, Protection.READ);
        assertEquals(
                GuestFault.Kind.PROTECTION,
                assertThrows(GuestFault.class, () -> space.store8(BASE, 1)).kind());
        assertEquals(
                GuestFault.Kind.NOT_MAPPED,
                assertThrows(GuestFault.class, () -> space.load8(0)).kind());
        assertEquals(
                GuestFault.Kind.GENERAL_PROTECTION,
                assertThrows(GuestFault.class, () -> space.load8(0x800000000000L))
                        .kind());
        assertEquals(
                GuestFault.Kind.NOT_MAPPED,
                assertThrows(GuestFault.class, () -> space.load8(-8)).kind());
    }

    @Test
    void protectSplitsAndMergesMappings() {
        map(BASE, BASE + 0x4000, Protection.READ | Protection.WRITE);
        space.store8(BASE + 0x1000, 5);
        assertTrue(space.protect(BASE + 0x1000, BASE + 0x2000, Protection.READ));
        assertEquals(3, space.mappings().size());
        assertThrows(GuestFault.class, () -> space.store8(BASE + 0x1000, 6));
        space.store8(BASE + 0x2000, 6);
        assertTrue(space.protect(BASE + 0x1000, BASE + 0x2000, Protection.READ | Protection.WRITE));
        assertEquals(1, space.mappings().size());
        assertEquals(5, space.load8(BASE + 0x1000));
        assertFalse(space.protect(BASE + 0x3000, BASE + 0x5000, Protection.READ), "a hole is ENOMEM");
    }

    @Test
    void snapshotKeepsItsContentWhateverIsWrittenLater() {
        map(BASE, BASE + 0x4000, Protection.READ | Protection.WRITE);
        Random random = new Random(3);
        for (int i = 0; i < 0x4000; i += 8) space.store64(BASE + i, random.nextLong());
        long before = space.hash();
        AddressSpaceSnapshot snapshot = space.capture();
        for (int i = 0; i < 100; i++) space.store64(BASE + random.nextInt(0x3ff8), random.nextLong());
        space.unmap(BASE + 0x2000, BASE + 0x3000);
        assertNotEquals(before, space.hash());
        space.restore(snapshot);
        assertEquals(before, space.hash());
        space.store64(BASE, 1);
        AddressSpace other = new AddressSpace();
        other.restore(snapshot);
        assertEquals(before, other.hash(), "the snapshot was not written through");
    }

    @Test
    void hashSeesEveryWriteAndIgnoresTouchedZeroPages() {
        map(BASE, BASE + 0x4000, Protection.READ | Protection.WRITE);
        long empty = space.hash();
        space.load8(BASE + 0x1000);
        assertEquals(empty, space.hash());
        space.store8(BASE + 0x2000, 1);
        long one = space.hash();
        assertNotEquals(empty, one);
        space.store8(BASE + 0x2000, 2);
        assertNotEquals(one, space.hash());
        space.store8(BASE + 0x2000, 0);
        assertEquals(empty, space.hash());
    }

    @Test
    void discardBringsTheBackingBack() {
        space.map(new Mapping(BASE, BASE + 0x1000, 3, false, new Backing.Bytes("file", new byte[] {1, 2, 3}), 0));
        space.store8(BASE, 9);
        space.discard(BASE, BASE + 0x1000);
        assertEquals(0x030201, space.load32(BASE));
    }

    @Test
    void pagesBehindTheEndOfAFileAreBusErrors() {
        space.map(new Mapping(BASE, BASE + 0x2000, 3, false, new Backing.Bytes("file", new byte[] {1, 2, 3}), 0));
        assertEquals(
                GuestFault.Kind.BEYOND_FILE,
                assertThrows(GuestFault.class, () -> space.load8(BASE + 0x1000)).kind());
    }

    @Test
    void findFreeSearchesTopDownBetweenMappings() {
        map(0x5000, 0x6000, Protection.READ);
        map(0x8000, 0x9000, Protection.READ);
        assertEquals(0x6000, space.findFree(0x2000, 0x1000, 0x9000));
        assertEquals(0x7000, space.findFree(0x1000, 0x1000, 0x9000));
        assertEquals(0x2000, space.findFree(0x3000, 0x1000, 0x9000));
        assertEquals(-1, space.findFree(0x5000, 0x1000, 0x9000));
    }

    @Test
    void moveCarriesContentAndProtectionAlong() {
        map(BASE, BASE + 0x2000, Protection.READ | Protection.WRITE);
        space.store64(BASE + 0x1008, 42);
        space.move(BASE, 0x2000, 0x80000, 0x4000);
        assertEquals(42, space.load64(0x81008));
        assertThrows(GuestFault.class, () -> space.load8(BASE));
        space.store8(0x83000, 1);
    }

    @Test
    void kernelAccessStopsAtTheFirstForbiddenPage() {
        map(BASE, BASE + 0x1000, Protection.READ | Protection.WRITE);
        map(BASE + 0x1000, BASE + 0x2000, Protection.READ);
        byte[] data = new byte[0x1800];
        assertEquals(0x800, space.copyOut(BASE + 0x800, data, 0, data.length));
        assertEquals(0x1800, space.copyIn(BASE + 0x800, data, 0, data.length));
        assertEquals(0x1800, space.poke(BASE + 0x800, data, 0, data.length), "a debugger writes into read-only memory");
        assertEquals(0, space.copyIn(0, data, 0, 1));
    }

    @Test
    void copiesSeeGuestStoresAndTheGuestSeesCopies() {
        map(BASE, BASE + 0x2000, Protection.READ | Protection.WRITE);
        space.load8(BASE); // the zero page is in the read TLB now
        byte[] data = {1, 2, 3, 4};
        space.copyOut(BASE, data, 0, 4);
        assertEquals(0x04030201, space.load32(BASE));
        space.store32(BASE, 0x08070605);
        space.copyIn(BASE, data, 0, 4);
        assertArrayEquals(new byte[] {5, 6, 7, 8}, data);
    }
}
