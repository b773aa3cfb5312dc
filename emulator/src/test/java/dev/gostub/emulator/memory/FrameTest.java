package dev.gostub.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Code in a page that several mappings have in common, of one address space or of two. */
class FrameTest {
    private static final int ALL = Protection.READ | Protection.WRITE | Protection.EXECUTE;
    private static final long RUNS = 0x10000;
    private static final long ALIAS = 0x20000;
    private static final long PRIVATE = 0x30000;

    private final ObjectOfOnePage object = new ObjectOfOnePage();
    private final AddressSpace one = new AddressSpace();
    private final AddressSpace two = new AddressSpace();
    private final List<String> dropped = new ArrayList<>();

    FrameTest() {
        listen(one, "one");
        listen(two, "two");
        map(one, RUNS, true);
    }

    private void listen(AddressSpace space, String name) {
        space.listen(new CodeListener() {
            @Override
            public void codeChanged(long pageNumber) {
                dropped.add(name + " " + Long.toHexString(pageNumber << Page.SHIFT));
            }

            @Override
            public void allCodeChanged() {
                dropped.add(name + " all");
            }
        });
    }

    private void map(AddressSpace space, long start, boolean shared) {
        space.map(new Mapping(start, start + Page.SIZE, ALL, shared, object, 0));
    }

    /** A page that is in memory, so that private mappings show it as well. */
    private static final class ObjectOfOnePage implements Backing {
        private Frame frame = new Frame(new byte[Page.SIZE]);

        /** As after ftruncate(2) to nothing and back. */
        void becomeEmpty() {
            frame.remove();
            frame = new Frame(new byte[Page.SIZE]);
        }

        @Override
        public byte[] page(long offsetBytes) {
            return frame.bytes().clone();
        }

        @Override
        public Optional<Frame> sharedPage(long offsetBytes) {
            return Optional.of(frame);
        }

        @Override
        public Optional<Frame> cachedPage(long offsetBytes) {
            return Optional.of(frame);
        }

        @Override
        public long lengthBytes() {
            return Page.SIZE;
        }

        @Override
        public String name() {
            return "/object";
        }
    }

    private static void execute(AddressSpace space, long address) {
        space.fetch(address, new byte[16], 16);
    }

    /** A store to a page that holds code asks for a step, in which it is done. */
    private static void storeByStep(AddressSpace space, long address) {
        assertThrows(SteppedAccess.class, () -> space.store8(address, 1));
        space.beginStep();
        space.store8(address, 1);
        space.endStep();
    }

    @Test
    void aStoreThroughAnAliasDropsWhatAnotherAddressSpaceHasDecoded() {
        map(two, ALIAS, true);
        two.store8(ALIAS, 7); // without notice, and so it would be next time
        execute(one, RUNS);
        storeByStep(two, ALIAS);
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void aStoreThroughAnAliasDropsWhatTheSameAddressSpaceHasDecoded() {
        map(one, ALIAS, true);
        one.store8(ALIAS, 7);
        execute(one, RUNS);
        storeByStep(one, ALIAS);
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void anAliasThatIsTouchedOnlyAfterwardsAsksForAStepAsWell() {
        execute(one, RUNS);
        map(two, ALIAS, true);
        storeByStep(two, ALIAS);
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void whatTheKernelCopiesIntoAnAliasDropsTheCodeWithoutAStep() {
        map(two, ALIAS, true);
        execute(one, RUNS);
        two.copyOut(ALIAS, new byte[4], 0, 4);
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void aChangeOfTheObjectDropsTheCodeOfAllItsUsersOnce() {
        map(two, ALIAS, true);
        map(two, PRIVATE, false);
        execute(one, RUNS);
        execute(two, ALIAS);
        execute(two, PRIVATE);
        object.frame.change();
        object.frame.change();
        assertEquals(List.of("one 10000", "two 20000", "two 30000"), dropped);
    }

    @Test
    void codeThatIsDecodedAnewIsDroppedAnew() {
        execute(one, RUNS);
        object.frame.change();
        execute(one, RUNS);
        object.frame.change();
        assertEquals(List.of("one 10000", "one 10000"), dropped);
    }

    @Test
    void onceNoCodeIsLeftStoresGoOnWithoutNotice() {
        map(two, ALIAS, true);
        execute(one, RUNS);
        storeByStep(two, ALIAS);
        two.store8(ALIAS, 2);
        assertEquals(2, one.load8(RUNS));
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void aPrivatePageThatWasWrittenIsNoneOfTheObjects() {
        map(two, PRIVATE, false);
        two.store8(PRIVATE, 9);
        execute(two, PRIVATE);
        execute(one, RUNS);
        object.frame.change();
        assertEquals(List.of("one 10000"), dropped);
        two.copyOut(PRIVATE, new byte[1], 0, 1);
        assertEquals(List.of("one 10000", "two 30000"), dropped, "but its own code it has");
    }

    @Test
    void whoHasUnmappedThePageHearsOfItNoMore() {
        map(two, ALIAS, true);
        execute(one, RUNS);
        execute(two, ALIAS);
        one.map(new Mapping(RUNS, RUNS + Page.SIZE, ALL, false, Backing.ANONYMOUS, 0));
        execute(one, RUNS);
        dropped.clear();
        object.frame.change();
        assertEquals(List.of("two 20000"), dropped);
    }

    @Test
    void ofAPageThatHasLeftTheObjectNothingIsSeenAnyMore() {
        map(two, ALIAS, true);
        map(two, PRIVATE, false);
        one.store8(RUNS, 5);
        assertEquals(5, two.load8(ALIAS));
        assertEquals(5, two.load8(PRIVATE));
        execute(one, RUNS);
        object.becomeEmpty();
        assertEquals(0, one.load8(RUNS));
        assertEquals(0, two.load8(ALIAS));
        assertEquals(0, two.load8(PRIVATE));
        assertEquals(List.of("one 10000"), dropped);
    }

    @Test
    void aForkHasTheSharedPageInCommonAndIsToldOfItsCode() {
        execute(one, RUNS);
        AddressSpace child = one.fork();
        listen(child, "child");
        execute(child, RUNS);
        storeByStep(one, RUNS);
        assertEquals(List.of("one 10000", "child 10000"), dropped);
        assertEquals(1, child.load8(RUNS));
    }
}
