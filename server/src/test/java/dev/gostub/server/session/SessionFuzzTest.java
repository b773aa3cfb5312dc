package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.target.FakeTarget;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any sequence of commands gets exactly one reply each, and a stop reply only where a resume asked for it. */
class SessionFuzzTest {
    private static final List<String> COMMANDS = List.of(
            "?",
            "g",
            "p10",
            "P0=0100000000000000",
            "m464840,10",
            "m1,1",
            "x464840,8",
            "M464900,1:90",
            "Z0,464850,1",
            "z0,464850,1",
            "Z0,464840,1",
            "z0,464840,1",
            "Z1,464848,1",
            "Z2,c000030100,8",
            "z2,c000030100,8",
            "Hg0",
            "Hgp1234.1235",
            "Hc-1",
            "Hcp1234.1234",
            "T1",
            "Tp1234.1234",
            "qC",
            "qfThreadInfo",
            "qsThreadInfo",
            "qThreadExtraInfo,p1234.1234",
            "qThreadStopInfop1234.1235",
            "QPassSignals:e;17",
            "QCatchSyscalls:1;1",
            "QNonStop:0",
            "QNonStop:1",
            "qXfer:threads:read::0,40",
            "qXfer:features:read:target.xml:0,1000",
            "vFile:open:2f7372762f68656c6c6f,0,0",
            "vFile:pread:3,10,0",
            "vFile:close:3",
            "qAttached",
            "vAttach;1234",
            "D;1234",
            "vMustReplyEmpty",
            "m",
            "bogus",
            "qSearch:memory:464000;100;a",
            "qCRC:464000,100",
            "qRcmd,68656c70",
            "vRun;",
            "vKill;1234",
            "vCtrlC",
            "vCont?");
    private static final List<String> RESUMES = List.of(
            "vCont;c",
            "vCont;s:p1234.1234",
            "vCont;s:p1234.1235;c",
            "vCont;c:p1234.-1",
            "vCont;r464840,464860:p1234.1234",
            "vCont;C1e:p1234.1234;c",
            "vCont;t",
            "vCont;s:1",
            "c",
            "s",
            "C05",
            "S1e",
            "c464840",
            "vCont;s;t:p1234.1235");

    /** Nops, an int3, a loop, prints, a new thread, a signal, an end of thread. */
    private static int[] program(SplittableRandom random) {
        int[] opcodes = {0x90, 0x90, 0x90, 0xcc, 0xeb, 0x50, 0x53, 0x52, 0x54, 0x06};
        int[] program = new int[40];
        for (int i = 0; i < program.length; i++) {
            program[i] = opcodes[random.nextInt(opcodes.length)];
        }
        return program;
    }

    @Test
    void everyCommandHasExactlyOneReply() {
        for (long seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FakeTarget target = FakeTarget.running(program(random));
            SessionClient client =
                    random.nextBoolean() ? SessionClient.introducedGdb(target) : SessionClient.introducedDlv(target);
            client.ask("!");
            for (int i = 0; i < 60; i++) {
                exchange(client, random, "seed " + seed + ", command " + i);
            }
            client.isInStep();
            client.leave();
        }
    }

    private static void exchange(SessionClient client, SplittableRandom random, String where) {
        if (random.nextInt(4) != 0) {
            String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
            client.tell(command);
            String reply = client.next();
            boolean stop = reply.startsWith("T0") && !command.startsWith("vRun");
            boolean stopIsDue =
                    command.equals("?") || command.startsWith("vAttach") || command.startsWith("qThreadStopInfo");
            assertTrue(!stop || stopIsDue, () -> where + ": " + command + " got " + reply);
            return;
        }
        String command = RESUMES.get(random.nextInt(RESUMES.size()));
        client.tell(command);
        // Some programs loop for ever; a second interrupt must not matter.
        client.interrupt();
        if (random.nextBoolean()) {
            client.interrupt();
        }
        String reply = client.next();
        while (reply.startsWith("O") && !reply.equals("OK")) {
            reply = client.next();
        }
        String last = reply;
        boolean defect = last.equals("E05");
        assertTrue("TWXNE".indexOf(last.charAt(0)) >= 0 && !defect, () -> where + ": " + command + " got " + last);
    }
}
