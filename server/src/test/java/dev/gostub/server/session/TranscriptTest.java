package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.server.handler.EndCause;
import dev.gostub.server.target.FakeTarget;
import org.junit.jupiter.api.Test;

/** Whole sessions as real clients hold them; what is sent is from wire logs of gdb 13.1, gdb 18.1 and dlv. */
class TranscriptTest {
    @Test
    void gdb13WalksThroughItsOpening() {
        SessionClient client = SessionClient.gdb(FakeTarget.running());
        client.play("""
                -> qSupported:multiprocess+;swbreak+;hwbreak+;qRelocInsn+;fork-events+;vfork-events+;exec-events+;vContSupported+;QThreadEvents+;no-resumed+;memory-tagging+;xmlRegisters=i386
                <- PacketSize=20000;QStartNoAckMode+;QPassSignals+;QProgramSignals+;qXfer:features:read+;qXfer:auxv:read+;qXfer:exec-file:read+;qXfer:threads:read+;qXfer:siginfo:read+;qXfer:siginfo:write+;qXfer:libraries-svr4:read+;QStartupWithShell+;QDisableRandomization+;QEnvironmentHexEncoded+;QEnvironmentReset+;QEnvironmentUnset+;QSetWorkingDir+;QCatchSyscalls+;multiprocess+;swbreak+;hwbreak+;exec-events+;vContSupported+
                -> vMustReplyEmpty
                <-\s
                -> QStartNoAckMode
                <- OK
                -> QProgramSignals:0;1;3;4;6;7;8;9;a;b;c;d;e;f;10;11;12;13;14;15;16;17;18;19;1a;1b;1c;1d;1e;1f;97;
                <- OK
                -> Hgp0.0
                <- OK
                -> qXfer:features:read:target.xml:0,1000
                <- l<?xml version="1.0"?>\\012<!DOCTYPE target…
                -> qXfer:features:read:64bit-core.xml:0,1000
                <- l<?xml version="1.0"?>\\012<!DOCTYPE feature…
                -> qXfer:auxv:read::0,1000
                <- l\\011\\000\\000\\000\\000\\000\\000\\000@HF\\000\\000\\000\\000\\000…
                -> qTStatus
                <-\s
                -> ?
                <- T0506:0000000000000000;07:80070300c0000000;10:4048460000000000;thread:p1234.1234;core:0;
                -> qXfer:threads:read::0,1000
                <- l<threads>\\012<thread id="p1234.1234" core="0" name="hello&lt;0&gt;"/>\\012</threads>\\012
                -> qAttached:1234
                <- 0
                -> qXfer:exec-file:read:1234:0,1000
                <- l/srv/hello
                -> vFile:setfs:0
                <- F0
                -> vFile:open:6a7573742070726f62696e67,0,1c0
                <- F-1,2
                -> vFile:open:2f7372762f68656c6c6f,0,0
                <- F3
                -> vFile:pread:3,20000,0
                <- F12;\\177ELF fake }\\003}\\004}]}\\012 end
                -> vFile:pread:3,20000,12
                <- F0;
                -> vFile:close:3
                <- F0
                -> Hg0
                <- OK
                -> qOffsets
                <-\s
                -> qXfer:libraries-svr4:read::0,1000
                <- l<library-list-svr4 version="1.0"/>
                -> qSymbol::
                <- OK
                -> g
                <- 000000000000…
                -> m464840,4
                <- 90909090
                -> vCont;s:p1234.1234
                <- T0506:0000000000000000;07:80070300c0000000;10:4148460000000000;thread:p1234.1234;core:0;
                -> Z0,464850,1
                <- OK
                -> QPassSignals:e;10;14;17;1a;1b;1c;21;24;25;2c;4c;97;
                <- OK
                -> vCont;c:p1234.-1
                <- T05swbreak:;06:0000000000000000;07:80070300c0000000;10:5048460000000000;thread:p1234.1234;core:0;
                -> z0,464850,1
                <- OK
                -> qXfer:siginfo:read::0,4
                <- m\\005\\000\\000\\000
                -> vCont;c:p1234.-1
                <- W00;process:1234
                """);
        assertEquals(EndCause.DISCONNECTED, client.leave());
    }

    @Test
    void gdb18WalksThroughItsOpening() {
        SessionClient client = SessionClient.gdb(FakeTarget.running());
        client.play("""
                -> qSupported:multiprocess+;swbreak+;hwbreak+;qRelocInsn+;fork-events+;vfork-events+;exec-events+;vContSupported+;QThreadEvents+;QThreadOptions+;no-resumed+;memory-tagging+;single-inf-arg+;xmlRegisters=i386;error-message+;multi-wp-addr+
                <- PacketSize=20000;…
                -> vCont?
                <- vCont;c;C;s;S;t;r
                -> vMustReplyEmpty
                <-\s
                -> QStartNoAckMode
                <- OK
                -> qExecAndArgs
                <- S;2f7372762f68656c6c6f;;
                -> Hgp0.0
                <- OK
                -> QNonStop:0
                <- OK
                -> ?
                <- T0506:0000000000000000;07:80070300c0000000;10:4048460000000000;thread:p1234.1234;core:0;
                -> qAttached:1234
                <- 0
                -> x464840,4
                <- b\\220\\220\\220\\220
                -> x1,9
                <- E.cannot read memory at 0x1
                -> vFile:lstat:2f7573722f6c6962
                <- F-1,2
                -> qXfer:btrace-conf:read::0,1000
                <-\s
                -> QThreadOptions;0;2:p1234.1234
                <-\s
                -> vCont;s:p1234.1234;c:p1234.-1
                <- T0506:0000000000000000;07:80070300c0000000;10:4148460000000000;thread:p1234.1234;core:0;
                """);
        assertEquals("OK", client.ask("vKill;1234"));
        assertEquals(EndCause.KILLED, client.end());
    }

    @Test
    void dlvWalksThroughItsOpening() {
        SessionClient client = SessionClient.lldb(FakeTarget.running());
        client.play("""
                -> QStartNoAckMode
                <- OK
                -> QThreadSuffixSupported
                <- OK
                -> qSupported:swbreak+;hwbreak+;no-resumed+;xmlRegisters=i386
                <- PacketSize=20000;…
                -> qRegisterInfo0
                <- name:rax;bitsize:64;offset:0;…
                -> qRegisterInfo4b
                <- name:gs_base;bitsize:64;offset:808;…
                -> qRegisterInfo4c
                <- E16
                -> QListThreadsInStopReply
                <- OK
                -> x0,0
                <- OK
                -> qfThreadInfo
                <- m1234
                -> qsThreadInfo
                <- l
                -> qThreadStopInfo1234
                <- T13thread:1234;threads:1234;reason:signal;
                -> qProcessInfo
                <- pid:1234;…
                -> qXfer:auxv:read::0,fff
                <- l\\011\\000…
                -> g;thread:1234;
                <- 00000000…
                -> mfffffffffffffff8,8
                <- E0e
                -> _M100,rwx
                <-\s
                -> Z0,464840,1
                <- OK
                -> vCont;c
                <- T05thread:1234;threads:1234;reason:breakpoint;swbreak:;
                -> qThreadStopInfo1234
                <- T05thread:1234;threads:1234;reason:breakpoint;swbreak:;
                -> z0,464840,1
                <- OK
                -> vCont;s:1234
                <- T05thread:1234;threads:1234;reason:trace;
                -> Z0,464840,1
                <- OK
                -> p10;thread:1234;
                <- 4148460000000000
                -> P10=4048460000000000;thread:1234;
                <- OK
                -> m464840,1
                <- 90
                """);
        assertEquals("X09", client.ask("k"));
        assertEquals(EndCause.KILLED, client.end());
    }
}
