package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.target.FakeTarget;
import org.junit.jupiter.api.Test;

/** Who answers: the session thread, or whoever brings the packet (here the test's thread). */
class SessionTurnTest {
    private static final int LOOP = 0xeb;
    private static final String CONTINUE = "vCont;c:p1234.-1";
    private static final String STEP = "vCont;s:p1234.1234";

    @Test
    void whatIsBriefIsAnsweredBeforeTheNetworkGoesOn() {
        FakeTarget target = FakeTarget.running();
        target.promiseBriefness();
        try (SessionClient client = SessionClient.introducedGdb(target)) {
            client.isInStep();
            for (String brief : new String[] {"m464840,1", "g", STEP, "?", "vCont?", "qC"}) {
                client.settled();
                client.tell(brief);
                assertEquals(1, client.unread(), brief);
                client.next();
            }
        }
    }

    @Test
    void whatComesWhileTheProgramRunsIsAnsweredBehindTheStop() {
        try (SessionClient client = SessionClient.introducedGdb(FakeTarget.running(LOOP))) {
            client.tell(CONTINUE);
            client.tell("m464840,1");
            client.interrupt();
            // The interrupt came behind the second packet, and counts for the first too.
            assertTrue(client.next().startsWith("T02"));
            assertEquals("eb", client.next());
            client.isInStep();
        }
    }

    @Test
    void anAnswerThatTakesLongerThanItsTargetSaidKeepsTheNetworkOnlyForAMoment() {
        FakeTarget target = FakeTarget.running(LOOP);
        target.promiseBriefness();
        try (SessionClient client = SessionClient.introducedGdb(target)) {
            client.isInStep();
            client.settled();
            client.tell(CONTINUE);
            assertEquals(0, client.unread());
            client.interrupt();
            assertTrue(client.next().startsWith("T02"));
            client.isInStep();
            long resumes = target.calls().stream()
                    .filter(call -> call.startsWith("resume"))
                    .count();
            assertEquals(2, resumes, "once by the network thread, once more by the session's");
        }
    }
}
