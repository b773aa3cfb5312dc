package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.target.FakeTarget;
import dev.gostub.server.target.SignalPolicy;
import dev.gostub.server.target.SignalSet;
import org.junit.jupiter.api.Test;

/** What dlv demands beyond, or other than, gdb. */
class LldbSessionTest {
    private static final int LOOP = 0xeb;
    private static final int PRINT = 0x50;
    private static final int RAISE = 0x52;
    private static final int EXIT = 0xf4;

    private FakeTarget target = FakeTarget.running();

    private SessionClient dlv(int... program) {
        target = FakeTarget.running(program);
        return SessionClient.introducedDlv(target);
    }

    @Test
    void repliesToDlvHaveNoRunLengths() {
        SessionClient client = SessionClient.introducedDlv(FakeTarget.running());
        long before = client.sentBytes();
        assertEquals(0x2000, client.ask("mc000030000,1000").length());
        assertEquals(0x2000, client.sentBytes() - before);
        client.leave();
    }

    @Test
    void signalsPassToTheProgramUnlessTheClientWantsThem() {
        SessionClient client = dlv(RAISE, RAISE);
        assertEquals(SignalPolicy.passAll(), target.policy());
        client.ask("P5=0a00000000000000;thread:1234;");
        client.ask("QPassSignals:17");
        assertEquals(SignalSet.none().with(23), target.policy().passSilently());
        // Linux's own number of SIGUSR1, 10.
        assertEquals("T0athread:1234;threads:1234;reason:signal;", client.ask("vCont;c"));
        assertEquals("T0athread:1234;threads:1234;reason:signal;", client.ask("vCont;C0a:1234;c"));
        assertTrue(
                target.calls().getLast().contains("Continue[signal=10]"),
                target.calls().getLast());
        client.leave();
    }

    @Test
    void outputComesBetweenTheResumeAndItsStopReply() {
        SessionClient client = dlv(PRINT, PRINT, EXIT);
        client.tell("vCont;c");
        assertEquals("O68690a", client.next());
        assertEquals("O68690a", client.next());
        assertEquals("W00", client.next());
        assertEquals("", target.terminal());
        client.leave();
    }

    @Test
    void outputGoesBackToTheTerminalWhenTheClientHasGone() {
        dlv(PRINT, EXIT).leave();
        SessionClient gdb = SessionClient.introducedGdb(target);
        gdb.ask("vCont;c");
        assertEquals("hi\n", target.terminal());
        gdb.leave();
    }

    @Test
    void stopRepliesNameAllThreads() {
        SessionClient client = dlv();
        target.spawn(FakeTarget.ENTRY + 0x20);
        client.play("""
                -> Z0,464842,1
                <- OK
                -> vCont;c:1234
                <- T05thread:1234;threads:1234,1235;reason:breakpoint;swbreak:;
                -> qThreadStopInfo1234
                <- T05thread:1234;threads:1234,1235;reason:breakpoint;swbreak:;
                -> qThreadStopInfo1235
                <- T00thread:1235;
                """);
        client.leave();
    }

    @Test
    void interruptIsTheSignalThatLldbServerReports() {
        SessionClient client = dlv(LOOP);
        client.tell("vCont;c");
        client.interrupt();
        assertEquals("T13thread:1234;threads:1234;reason:signal;", client.next());
        client.isInStep();
        client.leave();
    }

    @Test
    void int3OfTheProgramIsABreakpoint() {
        SessionClient client = dlv(0xcc);
        assertEquals("T05thread:1234;threads:1234;reason:breakpoint;", client.ask("vCont;c"));
        assertEquals("4148460000000000", client.ask("p10;thread:1234;"));
        client.leave();
    }

    @Test
    void watchpointHasTheKeyThatDlvUnderstands() {
        SessionClient client = dlv(0x51);
        client.ask("P3=00010300c0000000;thread:1234;");
        assertEquals("OK", client.ask("Z2,c000030100,8"));
        assertEquals("T05thread:1234;threads:1234;reason:watchpoint;watch:c000030100;", client.ask("vCont;c"));
        client.leave();
    }

    @Test
    void partialReadIsAnErrorBecauseDlvWouldSeeZeros() {
        SessionClient client = dlv();
        assertEquals("90f4", client.ask("m464ffe,2"));
        assertEquals("E0e", client.ask("m464ffe,3"));
        client.leave();
    }

    @Test
    void wholeRegisterBlockIsWrittenBack() {
        SessionClient client = dlv();
        String block = client.ask("g;thread:1234;");
        assertEquals("OK", client.ask("G" + block.replace("40484600", "50484600") + ";thread:1234;"));
        assertEquals("5048460000000000", client.ask("p10;thread:1234;"));
        client.leave();
    }

    @Test
    void textRepliesHaveNoColonInThirdPlace() {
        SessionClient client = dlv();
        for (String question : new String[] {"qHostInfo", "qProcessInfo", "qRegisterInfo0", "qfThreadInfo", "?"}) {
            assertTrue(client.ask(question).charAt(2) != ':', question);
        }
        client.leave();
    }

    @Test
    void lldbOnGdbsPortIsAnsweredInItsDialect() {
        target = FakeTarget.running(RAISE);
        SessionClient client = SessionClient.gdb(target);
        // As lldb 14 to 21 begin: the features first.
        client.ask(
                "qSupported:xmlRegisters=i386,arm,mips,arc;multiprocess+;fork-events+;vfork-events+;swbreak+;hwbreak+");
        client.play("""
                -> QThreadSuffixSupported
                <- OK
                -> QListThreadsInStopReply
                <- OK
                -> ?
                <- T13thread:p1234.1234;threads:p1234.1234;reason:signal;
                -> Z0,464841,1
                <- OK
                -> P5=0a00000000000000;thread:1234;
                <- OK
                -> vCont;c:p1234.-1
                <- T0athread:p1234.1234;threads:p1234.1234;reason:signal;
                -> vCont;c:p1234.-1
                <- T05thread:p1234.1234;threads:p1234.1234;reason:breakpoint;swbreak:;
                """);
        client.leave();
    }

    @Test
    void lldbOnGdbsPortIsNotStoppedByTheGoSchedulersSignal() {
        SessionClient client = SessionClient.gdb(target);
        client.ask("QThreadSuffixSupported");
        assertEquals(SignalSet.none().with(23), target.policy().passSilently());
        client.leave();
    }

    @Test
    void gdbKeepsItsDialectAfterAnLldb() {
        SessionClient lldb = SessionClient.gdb(target);
        lldb.ask("QThreadSuffixSupported");
        lldb.leave();
        SessionClient gdb = SessionClient.introducedGdb(target);
        assertEquals("", gdb.ask("QListThreadsInStopReply"));
        assertTrue(gdb.ask("?").startsWith("T0506:"));
        assertEquals(SignalPolicy.stopAtAll(), target.policy());
        gdb.leave();
    }

    @Test
    void mappingsAndGapsAreDescribed() {
        SessionClient client = dlv();
        client.play("""
                -> qMemoryRegionInfo:464840
                <- start:464000;size:1000;permissions:rx;name:2f7372762f68656c6c6f;
                -> qMemoryRegionInfo:1000
                <- start:0;size:464000;
                -> qMemoryRegionInfo:ffffffffffffffff
                <- start:465000;size:ffffffffffb9b000;
                """);
        client.leave();
    }

    /** lldb comes to gdb's port and shows only later who it is; by then it has said that it knows of forks, which dlv never says. */
    @Test
    void executionsAreReportedToThoseWhoKnowOfThem() {
        SessionClient gdb = SessionClient.introducedGdb(target);
        gdb.ask("qSupported:multiprocess+;fork-events+");
        assertFalse(target.executionsReported());
        gdb.ask("qSupported:multiprocess+;fork-events+;exec-events+");
        assertTrue(target.executionsReported());
        gdb.leave();
        SessionClient lldb = SessionClient.introducedGdb(target);
        lldb.ask("qSupported:multiprocess+;fork-events+");
        assertFalse(target.executionsReported());
        lldb.ask("QThreadSuffixSupported");
        assertTrue(target.executionsReported());
        lldb.leave();
        SessionClient dlv = dlv();
        assertFalse(target.executionsReported());
        dlv.leave();
    }
}
