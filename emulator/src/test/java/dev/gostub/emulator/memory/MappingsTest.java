package dev.gostub.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MappingsTest {
    private static final int PAGES = 24;
    private static final long SEED = 5;
    private static final Backing FILE = new Backing.Bytes("f", new byte[0]);

    private final Mappings mappings = new Mappings();
    /** Page by page the same: a mapping of that page alone, or null. */
    private final Mapping[] model = new Mapping[PAGES];

    @Test
    void emptyRangeInsideAMappingChangesNothing() {
        Mapping whole = new Mapping(0x1000, 0x4000, Protection.READ, false, Backing.ANONYMOUS, 0);
        mappings.add(whole);
        assertEquals(List.of(), mappings.change(0x2000, 0x2000, each -> each.withProtection(Protection.WRITE)));
        mappings.remove(0x2000, 0x2000);
        assertEquals(List.of(whole), mappings.all());
    }

    @Test
    void randomChangesLeaveOneMappingForEachRunOfPagesAlike() {
        Random random = new Random(SEED);
        for (int step = 0; step < 20_000; step++) {
            int from = random.nextInt(PAGES);
            int to = from + 1 + random.nextInt(PAGES - from);
            switch (random.nextInt(4)) {
                case 0 -> remove(from, to);
                case 1 -> protect(from, to, random.nextInt(4));
                default -> add(from, to, random);
            }
            assertEquals(runs(), withoutAnonymousOffsets(mappings.all()), "seed " + SEED + ", step " + step);
        }
    }

    private void add(int from, int to, Random random) {
        remove(from, to);
        boolean file = random.nextBoolean();
        Mapping whole = new Mapping(
                address(from),
                address(to),
                random.nextInt(4),
                random.nextInt(4) == 0,
                file ? FILE : Backing.ANONYMOUS,
                file ? address(random.nextInt(3) == 0 ? 0 : from) : 0);
        mappings.add(whole);
        for (int i = from; i < to; i++) model[i] = whole.part(address(i), address(i + 1));
    }

    private void remove(int from, int to) {
        mappings.remove(address(from), address(to));
        Arrays.fill(model, from, to, null);
    }

    private void protect(int from, int to, int protection) {
        List<Long> changed = new ArrayList<>();
        int hole = from;
        for (; hole < to && model[hole] != null; hole++) {
            if (model[hole].protection() != protection) changed.add(address(hole));
            model[hole] = model[hole].withProtection(protection);
        }
        assertEquals(address(hole), mappings.firstHole(address(from), address(to)));
        List<Long> told =
                mappings.change(address(from), address(hole), each -> each.withProtection(protection)).stream()
                        .flatMap(part -> LongStream.range(part.start() / Page.SIZE, part.end() / Page.SIZE)
                                .mapToObj(number -> number * Page.SIZE))
                        .toList();
        assertEquals(changed, told);
    }

    private List<Mapping> runs() {
        List<Mapping> runs = new ArrayList<>();
        for (Mapping page : model) {
            if (page == null) continue;
            Mapping last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && page.continues(last)) runs.set(runs.size() - 1, last.upTo(page.end()));
            else runs.add(page);
        }
        return withoutAnonymousOffsets(runs);
    }

    private static List<Mapping> withoutAnonymousOffsets(List<Mapping> all) {
        return all.stream()
                .map(m -> m.backing().anonymous()
                        ? new Mapping(m.start(), m.end(), m.protection(), m.shared(), m.backing(), 0)
                        : m)
                .toList();
    }

    private static long address(int page) {
        return (long) page * Page.SIZE;
    }
}
