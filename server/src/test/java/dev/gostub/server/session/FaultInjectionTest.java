package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gostub.server.target.FakeTarget;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.Target;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Every packet of the table to a target in which everything is wrong: each gets its one reply, and the session goes on. */
class FaultInjectionTest {
    private static final Path TABLE = Path.of("src/main/java/dev/gostub/server/packet/PacketTable.java");
    private static final Pattern NAME = Pattern.compile("case (?:'(.)'|\"(\\w+\\??)\") +->");
    /** Something that each of the packets takes for its arguments. */
    // spotless:off
    private static final List<String> ARGUMENTS = List.of(
        "", "0", "0=0000000000000000", "464840,10", "464840,1:90", "0,464840,1", "2,464840,8", "g0", "p1234.1234", ";c", ";s:p1234.1234", ";1234", ":1;1", ":0", ",p1234.1234", "p1234.1235",
        ":memory:464000;100;a", ":464000,100", ":464840", ":threads:read::0,40", ":auxv:read::0,40", ":features:read:target.xml:0,40", ":exec-file:read:1234:0,40", ":siginfo:read::0,40",
        ":open:2f7372762f68656c6c6f,0,0", ":setfs:0", ":fstat:3", ":close:3", ",68656c70", ":e;17", ":swbreak+", "05", ":666f6f3d62", ";2f62696e;61", ";", "1234");
    // spotless:on

    private final Logger logger = (Logger) LoggerFactory.getLogger(Defects.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private volatile boolean armed;
    private final AtomicInteger thrown = new AtomicInteger();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    /** By a proxy, so that what a target is asked later on fails like the rest. */
    private <T> T failing(Class<T> type, T real, Set<String> except) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, values) -> {
            if (armed && !except.contains(method.getName())) {
                thrown.incrementAndGet();
                throw new IllegalStateException("injected");
            }
            try {
                Object answer = method.invoke(real, values);
                return answer instanceof Optional<?> some
                        ? some.map(
                                each -> each instanceof Inferior live ? failing(Inferior.class, live, Set.of()) : each)
                        : answer;
            } catch (InvocationTargetException passed) {
                throw passed.getCause();
            }
        }));
    }

    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(List.of("qRegisterInfo", "qThreadStopInfo"));
        Matcher matcher = NAME.matcher(Files.readString(TABLE));
        while (matcher.find()) {
            names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        assertTrue(names.size() > 50, names::toString);
        return names;
    }

    @Test
    void everyPacketToATargetThatFailsGetsOneReplyAndTheSessionGoesOn() throws IOException {
        askAll(Set.of());
    }

    /** The target knows its process, which knows nothing. */
    @Test
    void everyPacketToAProcessThatFailsGetsOneReplyAndTheSessionGoesOn() throws IOException {
        askAll(Set.of("inferior", "lastStop"));
    }

    private void askAll(Set<String> except) throws IOException {
        for (String name : names()) {
            SessionClient client = SessionClient.gdb(failing(Target.class, FakeTarget.running(), except));
            client.isInStep();
            for (String arguments : ARGUMENTS) {
                if (ends(name, arguments)) {
                    continue;
                }
                armed = true;
                String reply = client.ask(name + arguments);
                armed = false;
                assertTrue(reply.isEmpty() || !reply.startsWith("O") || reply.equals("OK"), name + arguments);
                client.isInStep();
            }
            client.leave();
        }
        assertTrue(thrown.get() > 50, () -> "only " + thrown + " were thrown");
        assertFalse(lines.list.isEmpty());
        lines.list.forEach(line -> assertEquals("ERROR", line.getLevel().toString()));
    }

    /** These have no reply, or end the session as they are meant to. */
    private static boolean ends(String name, String arguments) {
        return name.equals("k") || name.equals("QStartNoAckMode") || (name + arguments).equals("vKill;1234");
    }
}
