package dev.gostub.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class LingeringSelectTest {
    private static final int SELECT = SelectStrategy.SELECT;
    private static final int CONTINUE = SelectStrategy.CONTINUE;

    /** Any moment will do: the clock's numbers wrap around within the test. */
    private long now = Long.MAX_VALUE - LingeringSelect.NANOS / 2;

    private int ready;
    private int looks;
    private final LingeringSelect strategy = new LingeringSelect(2, () -> now);

    private int asked(boolean hasTasks) throws Exception {
        return asked(strategy, hasTasks);
    }

    private int asked(LingeringSelect asked, boolean hasTasks) throws Exception {
        return asked.calculateStrategy(
                () -> {
                    looks++;
                    return ready;
                },
                hasTasks);
    }

    @Test
    void sleepsAsLongAsNoPacketHasCome() throws Exception {
        for (int i = 0; i < 3; i++) assertEquals(SELECT, asked(false));
        assertEquals(0, looks);
    }

    @Test
    void asksOnForAMomentBehindAPacketAndThenSleeps() throws Exception {
        strategy.begin();
        for (int i = 0; i < 100; i++) assertEquals(CONTINUE, asked(false));
        now += LingeringSelect.NANOS - 1;
        assertEquals(CONTINUE, asked(false));
        now += 1;
        assertEquals(CONTINUE, asked(false), "one last look");
        assertEquals(102, looks);
        for (int i = 0; i < 3; i++) assertEquals(SELECT, asked(false));
        assertEquals(102, looks);
    }

    @Test
    void whatHasComeMeanwhileIsServedAndTheMomentIsNotLonger() throws Exception {
        strategy.begin();
        ready = 2;
        assertEquals(2, asked(false));
        ready = 0;
        now += LingeringSelect.NANOS;
        assertEquals(CONTINUE, asked(false));
        assertEquals(SELECT, asked(false));
    }

    @Test
    void eachPacketBeginsTheMomentAnew() throws Exception {
        for (int i = 0; i < 10; i++) {
            strategy.begin();
            now += LingeringSelect.NANOS - 1;
            assertEquals(CONTINUE, asked(false));
        }
    }

    @Test
    void tasksAreNeverKeptWaiting() throws Exception {
        ready = 3;
        assertEquals(3, asked(true), "without a packet");
        ready = 0;
        strategy.begin();
        assertEquals(0, asked(true), "no CONTINUE, which would pass them over");
        now += 2 * LingeringSelect.NANOS;
        assertEquals(0, asked(true));
        assertEquals(3, looks);
    }

    @Test
    void withOneProcessorItSleepsAtOnceForTheOthersNeedIt() throws Exception {
        LingeringSelect alone = new LingeringSelect(1, () -> now);
        alone.begin();
        assertEquals(SELECT, asked(alone, false));
    }
}
