package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import dev.gostub.server.arch.GdbSignals;
import dev.gostub.server.handler.EndCause;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.MalformedPacketException;
import dev.gostub.server.target.FakeTarget;
import dev.gostub.server.target.SignalPolicy;
import dev.gostub.server.target.SignalSet;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.ThreadId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GdbSessionTest {
    private static final int LOOP = 0xeb;
    private static final int PRINT = 0x50;
    private static final int RAISE = 0x52;
    private static final int CALL = 0x55;
    private static final int EXIT = 0xf4;
    private static final String ENTRY_STOP =
            "T0506:0000000000000000;07:80070300c0000000;10:4048460000000000;thread:p1234.1234;core:0;";

    private FakeTarget target = FakeTarget.running();

    private SessionClient gdb(int... program) {
        target = FakeTarget.running(program);
        return SessionClient.introducedGdb(target);
    }

    // Threads

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hg1",
                "Hgp1234.99",
                "Hgp99.1234",
                "Hc77",
                "T1",
                "Tp1234.1235",
                "vCont;s:1",
                "vCont;s:p1234.99",
                "vCont;c:p99.-1",
                "vCont;r1,2:p1.1;c",
                "qThreadExtraInfo,1",
                "qThreadStopInfo1",
                "g;thread:7;",
                "p10;thread:7;",
                "P10=00;thread:7;",
                "D;77",
                "vKill;77",
                "vAttach;77"
            })
    void unknownThreadOrProcessIsAnError(String payload) {
        SessionClient client = gdb();
        assertEquals("E03", client.ask(payload));
        client.isInStep();
        assertTrue(target.inferior().isPresent());
        client.leave();
    }

    @Test
    void threadsAreListedInBothFormsWithTheirNames() {
        SessionClient client = gdb();
        target.spawn(FakeTarget.ENTRY + 8);
        client.play("""
                -> qfThreadInfo
                <- mp1234.1234,p1234.1235
                -> qsThreadInfo
                <- l
                -> qThreadExtraInfo,p1234.1235
                <- 68656c6c6f3c313e
                -> qC
                <- QCp1234.1234
                -> Hgp1234.1235
                <- OK
                -> qC
                <- QCp1234.1235
                -> p10
                <- 4848460000000000
                -> Tp1234.1235
                <- OK
                """);
        client.leave();
    }

    @Test
    void threadOfTheStopReplyIsSelectedAfterwards() {
        SessionClient client = gdb();
        target.spawn(FakeTarget.ENTRY + 0x20);
        assertEquals("OK", client.ask("Hgp1234.1234"));
        assertTrue(client.ask("vCont;s:p1234.1235").contains("thread:p1234.1235;"));
        assertEquals("6148460000000000", client.ask("p10"));
        client.leave();
    }

    // Resuming

    @Test
    void continueStopsAtOnceAtABreakpointUnderTheProgramCounter() {
        SessionClient client = gdb();
        client.play("""
                -> Z0,464840,1
                <- OK
                -> vCont;c
                <- T05swbreak:;06:0000000000000000;07:80070300c0000000;10:4048460000000000;thread:p1234.1234;core:0;
                """);
        client.leave();
    }

    @Test
    void hardwareBreakpointIsReportedAsOne() {
        SessionClient client = gdb();
        assertEquals("OK", client.ask("Z1,464842,1"));
        assertTrue(client.ask("vCont;c").startsWith("T05hwbreak:;"));
        client.leave();
    }

    @Test
    void breakpointReasonIsLeftOutForClientsThatDoNotKnowIt() {
        SessionClient client = SessionClient.gdb(target);
        client.ask("qSupported:multiprocess+");
        client.ask("Z0,464842,1");
        assertTrue(client.ask("c").startsWith("T0506:"));
        client.leave();
    }

    @Test
    void stepWithoutADefaultActionMovesOneThreadOnly() {
        SessionClient client = gdb();
        ThreadId other = target.spawn(FakeTarget.ENTRY + 0x20);
        client.ask("vCont;s:p1234.1234");
        assertEquals("4148460000000000", client.ask("p10"));
        assertEquals("6048460000000000", client.ask("p10;thread:" + other + ";"));
        client.leave();
    }

    @Test
    void leftmostActionWins() {
        SessionClient client = gdb();
        client.ask("vCont;s:p1234.1234;c:p1234.1234;t");
        assertTrue(
                target.calls().getLast().contains("Step[signal=0]"),
                target.calls().getLast());
        assertTrue(
                target.calls().getLast().contains("others=Stay"), target.calls().getLast());
        client.leave();
    }

    @Test
    void rangeStepEndsOutsideTheRange() {
        SessionClient client = gdb();
        assertTrue(client.ask("vCont;r464840,464850:p1234.1234").contains("10:5048460000000000;"));
        client.leave();
    }

    @Test
    void oldResumePacketsWork() {
        SessionClient client = gdb();
        assertTrue(client.ask("s").contains("10:4148460000000000;"));
        assertTrue(client.ask("s464850").contains("10:5148460000000000;"));
        client.ask("Z0,464860,1");
        assertTrue(client.ask("c").contains("10:6048460000000000;"));
        assertTrue(client.ask("S1e").contains("10:6148460000000000;"));
        client.leave();
    }

    @Test
    void resumeThatMovesNothingIsAnError() {
        SessionClient client = gdb();
        assertEquals("E16", client.ask("vCont;t"));
        client.isInStep();
        client.leave();
    }

    @Test
    void signalsAreTranslatedBothWays() {
        // SIGUSR1 is 10 on Linux and 30 for gdb.
        SessionClient client = gdb(RAISE, RAISE, EXIT);
        client.ask("P5=0a00000000000000");
        assertTrue(client.ask("vCont;c").startsWith("T1e"));
        assertTrue(client.ask("vCont;C1e:p1234.1234;c").startsWith("T1e"));
        assertTrue(
                target.calls().getLast().contains("Continue[signal=10]"),
                target.calls().getLast());
        client.leave();
    }

    @Test
    void unknownSignalIsAnError() {
        SessionClient client = gdb();
        assertEquals("E16", client.ask("vCont;C8f"));
        assertEquals("E16", client.ask("Cff"));
        client.leave();
    }

    @Test
    void deadlySignalEndsTheProcess() {
        SessionClient client = gdb();
        assertEquals("X0f;process:1234", client.ask("vCont;C0f"));
        assertEquals("X0f;process:1234", client.ask("?"));
        client.leave();
    }

    @Test
    void signalsThatPassDoNotStop() {
        SessionClient client = gdb(RAISE, EXIT);
        assertEquals("OK", client.ask("QProgramSignals:0;1;1e"));
        assertEquals("OK", client.ask("QPassSignals:e;1e;10"));
        SignalSet passed = SignalSet.none().with(14).with(10).with(23);
        assertEquals(new SignalPolicy(passed, SignalSet.none().with(1).with(10)), target.policy());
        client.ask("P5=0a00000000000000");
        assertEquals("W0a;process:1234", client.ask("vCont;c"));
        client.leave();
    }

    /** POLL and IO are one signal on Linux, and it is reported as IO; gdb lists POLL whatever the user says about SIGIO. */
    @Test
    void whatIsToldAboutAnotherNameOfASignalDoesNotCount() {
        SessionClient client = gdb(RAISE, EXIT);
        assertEquals("OK", client.ask("QPassSignals:21"));
        assertEquals(SignalSet.none(), target.policy().passSilently());
        client.ask("P5=1d00000000000000");
        assertTrue(client.ask("vCont;c").startsWith("T17"));
        assertEquals("OK", client.ask("QPassSignals:17;21"));
        assertEquals(SignalSet.none().with(29), target.policy().passSilently());
        client.leave();
    }

    @Test
    void everySignalPassesOrStopsByTheNumberItIsReportedWith() {
        SessionClient client = gdb();
        for (int signal = 1; signal <= SignalSet.LAST; signal++) {
            int number = GdbSignals.fromLinux(signal);
            assertEquals("OK", client.ask("QPassSignals:" + Integer.toHexString(number)));
            assertEquals(SignalSet.none().with(signal), target.policy().passSilently(), "signal " + signal);
        }
        client.leave();
    }

    @Test
    void signalInformationIsWrittenInPartsUpToItsEnd() {
        SessionClient client = gdb();
        client.play("""
                -> qXfer:siginfo:write::8:AB
                <- 2
                -> qXfer:siginfo:read::8,4
                <- mAB\\000\\000
                -> qXfer:siginfo:write::7f:XYZ
                <- 1
                -> qXfer:siginfo:read::7f,4
                <- lX
                -> qXfer:siginfo:write::80:X
                <- 0
                -> qXfer:siginfo:write::81:X
                <- E16
                -> qXfer:siginfo:write:annex:0:X
                <- E16
                """);
        client.leave();
    }

    @Test
    void caughtSystemCallStopsAtItsEntryAndItsReturn() {
        SessionClient client = gdb(CALL, CALL, EXIT);
        client.ask("P0=3900000000000000");
        assertEquals("OK", client.ask("QCatchSyscalls:1;1;39"));
        assertTrue(client.ask("vCont;c").startsWith("T05syscall_entry:39;06:"));
        assertTrue(client.ask("vCont;c").startsWith("T05syscall_return:39;06:"));
        assertEquals("OK", client.ask("QCatchSyscalls:1;1"));
        assertTrue(client.ask("vCont;c").startsWith("W00"));
        client.leave();
    }

    @Test
    void nothingIsCaughtForAClientThatIsGone() {
        SessionClient first = gdb(CALL, EXIT);
        first.ask("QCatchSyscalls:1");
        first.leave();
        SessionClient second = SessionClient.introducedGdb(target);
        assertTrue(second.ask("vCont;c").startsWith("W00"));
        second.leave();
    }

    @Test
    void int3OfTheProgramStopsBehindItWithoutABreakpointReason() {
        SessionClient client = gdb(0xcc);
        assertTrue(client.ask("vCont;c").startsWith("T0506:0000000000000000;07:80070300c0000000;10:41484600"));
        client.leave();
    }

    @Test
    void watchpointIsReportedWithItsAddress() {
        SessionClient client = gdb(0x51);
        client.ask("P3=0801030" + "0c0000000");
        client.play("""
                -> P3=00010300c0000000
                <- OK
                -> Z2,c000030100,8
                <- OK
                -> vCont;c
                <- T05watch:c000030100;06:0000000000000000;07:80070300c0000000;10:4148460000000000;thread:p1234.1234;core:0;
                -> z2,c000030100,8
                <- OK
                -> Z2,c000030100,0
                <- E16
                """);
        client.leave();
    }

    @Test
    void noResumedThreadIsLeft() {
        SessionClient client = gdb(0x54);
        target.spawn(FakeTarget.ENTRY + 8);
        assertEquals("N", client.ask("vCont;c:p1234.1234"));
        client.leave();
    }

    // Interrupts

    @Test
    void interruptStopsARunningTargetOnce() {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        client.interrupt();
        assertTrue(client.next().startsWith("T02"));
        client.isInStep();
        client.leave();
    }

    @Test
    void interruptOfAStandingTargetIsForgotten() {
        SessionClient client = gdb();
        client.interrupt();
        client.isInStep();
        assertEquals("W00;process:1234", client.ask("vCont;c"));
        client.leave();
    }

    @Test
    void manyInterruptsAreOneStop() {
        SessionClient client = gdb(LOOP);
        for (int i = 0; i < 50; i++) {
            client.tell("vCont;c");
            client.interrupt();
            client.interrupt();
            assertTrue(client.next().startsWith("T02"));
            client.interrupt();
        }
        client.isInStep();
        client.leave();
    }

    @Test
    void ctrlCPacketStopsTooAndIsAnsweredAfterTheStopReply() throws InterruptedException {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        assertTrue(TimeLimit.NEAR.await(() -> target.retired() > 0), "it runs");
        client.tell("vCtrlC");
        assertTrue(client.next().startsWith("T02"));
        assertEquals("OK", client.next());
        client.isInStep();
        client.leave();
    }

    @Test
    void questionWhileRunningIsNotAnswered() throws InterruptedException {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        assertTrue(TimeLimit.NEAR.await(() -> target.retired() > 0), "it runs");
        client.tell("?");
        client.interrupt();
        assertTrue(client.next().startsWith("T02"));
        client.isInStep();
        client.leave();
    }

    @Test
    void hangUpInterruptsAndLeavesTheTargetAsItWas() {
        SessionClient client = gdb(LOOP);
        client.tell("Z0,464900,1");
        client.tell("vCont;c");
        assertEquals("OK", client.next());
        assertEquals(EndCause.DISCONNECTED, client.leave());
        assertTrue(target.inferior().isPresent());
        assertEquals(Set.of(), target.breakpoints());
        SessionClient next = SessionClient.introducedGdb(target);
        assertTrue(next.ask("?").contains("10:4048460000000000;"));
        next.leave();
    }

    // Memory and registers

    @Test
    void readsGiveWhatThereIs() {
        SessionClient client = gdb();
        client.play("""
                -> m464ffe,10
                <- 90f4
                -> m465000,1
                <- E0e
                -> x464840,2
                <- \\220\\220
                -> x465000,1
                <- E0e
                -> x0,0
                <- OK
                """);
        client.leave();
    }

    @Test
    void writesGoThroughReadOnlyText() {
        SessionClient client = gdb();
        client.play("""
                -> M464840,2:cc7d
                <- OK
                -> X464842,2:}\\003a
                <- OK
                -> m464840,4
                <- cc7d2361
                -> M465000,1:00
                <- E0e
                -> X464840,0:
                <- OK
                """);
        client.leave();
    }

    @Test
    void registersAreReadAndWrittenWholeAndSingly() {
        SessionClient client = gdb();
        String block = client.ask("g");
        assertEquals(2 * FakeTarget.BLOCK_BYTES, block.length());
        assertEquals("OK", client.ask("G" + "11".repeat(8)));
        assertEquals("11".repeat(8) + block.substring(16), client.ask("g"));
        assertEquals("OK", client.ask("P38=801f0000"));
        assertEquals("801f0000", client.ask("p38"));
        assertEquals("E16", client.ask("p4c"));
        assertEquals("E16", client.ask("P4c=00"));
        assertEquals("E16", client.ask("P0=" + "00".repeat(9)));
        assertEquals("E16", client.ask("G" + "00".repeat(FakeTarget.BLOCK_BYTES + 1)));
        client.leave();
    }

    @Test
    void everyAdvertisedRegisterCanBeReadAndWritten() {
        SessionClient client = gdb();
        for (int number = 0; number < 76; number++) {
            String value = client.ask("p" + Integer.toHexString(number));
            assertEquals("OK", client.ask("P" + Integer.toHexString(number) + "=" + value));
        }
        client.leave();
    }

    @Test
    void zerosAreShortOnTheWireForAGdbThatHasIntroducedItself() {
        SessionClient client = gdb();
        long before = client.sentBytes();
        String memory = client.ask("mc000030000,1000");
        assertEquals(0x2000, memory.length());
        assertTrue(client.sentBytes() - before < 300, () -> client.sentBytes() - before + " bytes");
        client.leave();
    }

    @Test
    void whoHasNotIntroducedItselfGetsPlainReplies() {
        target = FakeTarget.running();
        SessionClient client = SessionClient.gdb(target);
        long before = client.sentBytes();
        assertEquals(0x2000, client.ask("mc000030000,1000").length());
        assertEquals(0x2000, client.sentBytes() - before);
        client.leave();
    }

    @Test
    void memoryIsSearched() {
        SessionClient client = gdb();
        client.ask("Mc000030ffc,4:01020304");
        assertEquals("1,c000030ffd", client.ask("qSearch:memory:c000030000;1000;\002\003"));
        assertEquals("0", client.ask("qSearch:memory:c000030000;1000;\005"));
        assertEquals("0", client.ask("qSearch:memory:c000030000;fff;\003\004"));
        assertEquals("E0e", client.ask("qSearch:memory:c000030000;2000;\005"));
        client.leave();
    }

    @Test
    void checksumIsTheProtocolsOwn() {
        SessionClient client = gdb();
        client.ask("Mc000030000,9:" + Hex.of("123456789"));
        // CRC-32/MPEG-2 of the usual check string.
        assertEquals("C376e6e7", client.ask("qCRC:c000030000,9"));
        assertEquals("E0e", client.ask("qCRC:c000030000,1001"));
        client.leave();
    }

    // Breakpoints of a client that goes

    @Test
    void insertingTwiceIsOneBreakpointAndRemovingTwiceNoError() {
        SessionClient client = gdb();
        client.play("""
                -> Z0,464850,1
                <- OK
                -> Z0,464850,1
                <- OK
                -> m464850,1
                <- 90
                -> z0,464850,1
                <- OK
                -> z0,464850,1
                <- OK
                -> Z0,1,1
                <- E0e
                -> vCont;c
                <- W00;process:1234
                """);
        client.leave();
    }

    // Process

    @Test
    void detachEndsAPlainSessionAndLeavesTheProcess() {
        SessionClient client = gdb();
        assertEquals("OK", client.ask("D;1234"));
        assertEquals(EndCause.DETACHED, client.end());
        assertTrue(client.isClosed());
        assertTrue(target.inferior().isPresent());
    }

    @Test
    void detachedExtendedSessionGoesOnWithoutAProcessAndCanAttachAgain() {
        SessionClient client = gdb();
        client.play("""
                -> !
                <- OK
                -> D;1234
                <- OK
                -> ?
                <- W00
                -> g
                <- E03
                -> qfThreadInfo
                <- l
                -> vAttach;1234
                <- T0006:0000000000000000;07:80070300c0000000;10:4048460000000000;thread:p1234.1234;core:0;
                -> qC
                <- QCp1234.1234
                """);
        client.leave();
    }

    @Test
    void killEndsAPlainSession() {
        SessionClient client = gdb();
        assertEquals("X09", client.ask("k"));
        assertEquals(EndCause.KILLED, client.end());
        assertEquals(Optional.of(new StopReason.Killed(FakeTarget.PID, 9)), target.lastStop());
    }

    @Test
    void killThatIsFollowedByHangingUpStillCounts() throws InterruptedException {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        assertTrue(TimeLimit.NEAR.await(() -> target.retired() > 0), "it runs");
        client.tell("k");
        client.hangUp();
        assertEquals(EndCause.KILLED, client.end());
        assertTrue(target.inferior().isEmpty());
    }

    @Test
    void nothingIsRunForAClientThatIsGone() throws InterruptedException {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        assertTrue(TimeLimit.NEAR.await(() -> target.retired() > 0), "it runs");
        client.tell("vCont;c");
        client.tell("s");
        client.hangUp();
        assertEquals(EndCause.DISCONNECTED, client.end());
        assertEquals(1, target.calls().size(), target.calls().toString());
    }

    @Test
    void runStartsAgainInAnExtendedSession() {
        SessionClient client = gdb();
        client.play("""
                -> !
                <- OK
                -> vKill;1234
                <- OK
                -> ?
                <- X09;process:1234
                -> QStartupWithShell:0
                <- OK
                -> QDisableRandomization:1
                <- OK
                -> QEnvironmentReset
                <- OK
                -> QEnvironmentHexEncoded:413d62
                <- OK
                -> QEnvironmentUnset:43
                <- OK
                -> QSetWorkingDir:2f746d70
                <- OK
                -> vRun;2f7372762f68656c6c6f;2d76;6120622a
                <- %s
                """.formatted(ENTRY_STOP));
        String call = target.calls().getLast();
        assertTrue(call.contains("file=Optional[/srv/hello]"), call);
        assertTrue(call.contains("arguments=Optional[[-v, a b*]]"), call);
        assertTrue(call.contains("Set[name=A, value=b]") && call.contains("Unset[name=C]"), call);
        assertTrue(call.contains("directory=Optional[/tmp]"), call);
        client.play("""
                -> qExecAndArgs
                <- S;2f7372762f68656c6c6f;%s;
                -> vRun;2f6e6f7065
                <- E02
                -> vRun;
                <- %s
                -> R00
                -> ?
                <- %s
                """.formatted(Hex.of("-v 'a b*'"), ENTRY_STOP, ENTRY_STOP));
        client.leave();
    }

    @Test
    void gdb18SendsAllArgumentsAsOneString() {
        SessionClient client = SessionClient.gdb(target);
        client.ask("qSupported:single-inf-arg+;error-message+");
        client.ask("!");
        client.ask("vRun;;" + Hex.of("-v 'a b' c\\ d"));
        String call = target.calls().getLast();
        assertTrue(call.contains("arguments=Optional[[-v, a b, c d]]"), call);
        assertEquals("E.no such file: /nope", client.ask("vRun;" + Hex.of("/nope")));
        client.leave();
    }

    @Test
    void serverWithoutAProgramWaitsForOne() {
        SessionClient client = SessionClient.introducedGdb(FakeTarget.empty());
        client.play("""
                -> ?
                <- W00
                -> Hg0
                <- OK
                -> qC
                <-\s
                -> qfThreadInfo
                <- l
                -> qExecAndArgs
                <- U
                -> m464840,1
                <- E03
                -> vCont;c
                <- E03
                -> Z0,464840,1
                <- E03
                -> qXfer:exec-file:read::0,1000
                <- E03
                -> qXfer:threads:read::0,1000
                <- l<threads>\\012</threads>\\012
                -> vRun;2f7372762f68656c6c6f
                <- %s
                """.formatted(ENTRY_STOP));
        client.leave();
    }

    @Test
    void whatTheTargetCannotDoIsUnknown() {
        SessionClient client = SessionClient.gdb(FakeTarget.bare());
        String offered = client.ask("qSupported:multiprocess+");
        assertFalse(offered.contains("QStartupWithShell"), offered);
        client.play("""
                -> vRun;2f7372762f68656c6c6f
                <-\s
                -> QStartupWithShell:0
                <-\s
                -> Z2,c000030100,8
                <-\s
                -> z4,c000030100,8
                <-\s
                """);
        client.leave();
    }

    @Test
    void programOutputGoesToOurTerminalAndNotToGdb() {
        SessionClient client = gdb(PRINT, EXIT);
        assertEquals("W00;process:1234", client.ask("vCont;c"));
        assertEquals("hi\n", target.terminal());
        client.leave();
    }

    // Files, documents, monitor

    @Test
    void filesAreThoseOfTheGuest() {
        SessionClient client = gdb();
        client.play("""
                -> vFile:setfs:1234
                <- F0
                -> vFile:open:2f70726f632f343636302f6d617073,0,1c0
                <- F3
                -> vFile:pread:3,4,6
                <- F4;00-0
                -> vFile:fstat:3
                <- F40;\\000\\000\\000\\001\\000\\000\\000\\003\\000\\000\\201}\\004\\000\\000\\000\\001…
                -> vFile:pread:3,10,1000
                <- F0;
                -> vFile:close:3
                <- F0
                -> vFile:close:3
                <- F-1,9
                -> vFile:open:2f612f62,1,0
                <- F-1,1e
                -> vFile:readlink:2f70726f632f343636302f657865
                <- Fa;/srv/hello
                -> vFile:unlink:2f61
                <-\s
                -> vFile:stat:2f6e6f
                <- F-1,2
                """);
        client.ask("vFile:open:2f7372762f68656c6c6f,0,0");
        assertEquals(1, target.openFiles());
        client.leave();
        assertEquals(0, target.openFiles());
    }

    @Test
    void documentsReadInPiecesAreTheWhole() {
        SessionClient client = gdb();
        String whole = client.ask("qXfer:features:read:64bit-core.xml:0,1000").substring(1);
        StringBuilder pieces = new StringBuilder();
        String piece;
        do {
            piece = client.ask("qXfer:features:read:64bit-core.xml:" + Integer.toHexString(pieces.length()) + ",7b");
            pieces.append(piece, 1, piece.length());
        } while (piece.startsWith("m"));
        assertEquals(whole, pieces.toString());
        assertEquals("l", client.ask("qXfer:features:read:64bit-core.xml:ffff,10"));
        assertEquals("E02", client.ask("qXfer:features:read:nope.xml:0,10"));
        assertEquals("", client.ask("qXfer:uib:read::0,10"));
        assertEquals("", client.ask("qXfer:auxv:write::0:00"));
        assertEquals("E03", client.ask("qXfer:exec-file:read:77:0,10"));
        client.leave();
    }

    private static String monitor(SessionClient client, String line) throws MalformedPacketException {
        return new String(Hex.decode(client.ask("qRcmd," + Hex.of(line))), StandardCharsets.UTF_8);
    }

    @Test
    void monitorExitEndsTheProgramAndTheSession() throws Exception {
        SessionClient client = gdb();
        assertTrue(monitor(client, "exit").contains("killed"));
        assertEquals(EndCause.KILLED, client.end());
        assertTrue(target.inferior().isEmpty());
    }

    @Test
    void bareQuestionForFeaturesTakesNothingBack() {
        SessionClient client = gdb();
        client.ask("qSupported:multiprocess+;error-message+");
        assertTrue(client.ask("qSupported").contains(";multiprocess+;error-message+"));
        assertEquals("QCp1234.1234", client.ask("qC"));
        assertTrue(client.ask("x464840,1").startsWith("b"));
        client.leave();
    }

    @Test
    void monitorAnswersInText() throws Exception {
        SessionClient client = gdb();
        String help = monitor(client, "help");
        assertTrue(help.startsWith("help - "), help);
        String threads = monitor(client, "threads");
        assertEquals("4660  0x464840  hello<0>\n", threads);
        String unknown = monitor(client, "frobnicate now");
        assertTrue(unknown.startsWith("unknown command \"frobnicate\""), unknown);
        client.leave();
    }

    // Bad clients, bad targets

    @Test
    void nonStopIsRefused() {
        SessionClient client = gdb();
        assertEquals("E5f", client.ask("QNonStop:1"));
        client.leave();
    }

    @Test
    void malformedAndOversizedPacketsAreErrorsAndTheSessionGoesOn() {
        SessionClient client = gdb();
        assertEquals("E16", client.ask("m"));
        client.tellOversized();
        assertEquals("E16", client.next());
        assertEquals("", client.ask("#"));
        client.isInStep();
        client.leave();
    }

    @Test
    void defectOfTheTargetIsAnErrorAndTheSessionGoesOn() {
        SessionClient client = gdb(0);
        assertEquals("E05", client.ask("vCont;c"));
        client.isInStep();
        client.leave();
    }

    @Test
    void clientThatFloodsIsCutOff() {
        SessionClient client = gdb(LOOP);
        client.tell("vCont;c");
        for (int i = 0; i < 2000; i++) {
            client.tell("g");
        }
        assertEquals(EndCause.DISCONNECTED, client.end());
    }

    @Test
    void acknowledgementsEndAfterTheAnswerToNoAckMode() {
        SessionClient client = gdb();
        assertTrue(client.isAcknowledging());
        assertEquals("OK", client.ask("QStartNoAckMode"));
        assertFalse(client.isAcknowledging());
        client.leave();
    }
}
