package dev.gostub.server.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTableTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Command> parse(String payload) throws MalformedPacketException {
        return PacketTable.parse(bytes(payload));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "!",
                "g",
                "g;thread:1ee;",
                "G00ff",
                "G00ff;thread:p1.2;",
                "p10",
                "p10;thread:1ee;",
                "P10=0102",
                "P10=0102;thread:1ee;",
                "m464840,40",
                "mfffffffffffffff8,8",
                "x464840,0",
                "c",
                "s",
                "c464840",
                "s464840",
                "C05",
                "S05;464840",
                "Z0,464840,1",
                "z1,464840,1",
                "Z2,c000030780,8",
                "z3,c000030780,1",
                "Z4,0,3",
                "Hg0",
                "Hc-1",
                "Hcp-1.-1",
                "T1ee",
                "Tp1.2",
                "D",
                "D;1234",
                "k",
                "R00",
                "vCont?",
                "vCont;c",
                "vCont;s:p1234.1234;c:p1234.-1",
                "vCont;C17:1ee;c",
                "vCont;S0b:1ee",
                "vCont;r1000,2000:p1.2;c:p1.-1",
                "vCont;t",
                "vCont;t:p1.1",
                "vCtrlC",
                "vKill;1234",
                "vAttach;1234",
                "vRun;",
                "vRun;2f61;62;63",
                "qSupported:swbreak+;xmlRegisters=i386",
                "QStartNoAckMode",
                "QNonStop:0",
                "QNonStop:1",
                "qSymbol::",
                "QThreadSuffixSupported",
                "QListThreadsInStopReply",
                "qHostInfo",
                "qC",
                "qfThreadInfo",
                "qsThreadInfo",
                "qThreadExtraInfo,p1.2",
                "qThreadStopInfo1ee",
                "qThreadStopInfop1.2",
                "qRegisterInfo0",
                "qRegisterInfo4b",
                "QPassSignals:",
                "QPassSignals:e;10;14",
                "QProgramSignals:0;1;3",
                "QCatchSyscalls:0",
                "QCatchSyscalls:1",
                "QCatchSyscalls:1;1;ca",
                "qXfer:features:read:target.xml:0,1000",
                "qXfer:auxv:read::0,1000",
                "qXfer:siginfo:write::8:AB:,",
                "qGetTLSAddr:p1234.1235,8,7ffff7ffe2e0",
                "qXfer:exec-file:read:1234:10,ffb",
                "vFile:setfs:0",
                "vFile:open:2f61,0,1c0",
                "vFile:pread:4,2001f,2c4",
                "vFile:close:4",
                "vFile:fstat:5",
                "vFile:stat:2f61",
                "vFile:lstat:2f61",
                "vFile:readlink:2f61",
                "qAttached",
                "qExecAndArgs",
                "qProcessInfo",
                "qProcessInfoPID:4660",
                "QStartupWithShell:0",
                "QDisableRandomization:1",
                "QEnvironmentHexEncoded:413d62",
                "QEnvironmentUnset:41",
                "QEnvironmentReset",
                "QSetWorkingDir:2f746d70",
                "QSetWorkingDir:",
                "qRcmd,68656c70",
                "qCRC:464840,100",
                "qMemoryRegionInfo:464840",
                "qSearch:memory:464840;100;ab"
            })
    void knownPacketIsUnderstoodAndPrintedBackTheSame(String payload) throws MalformedPacketException {
        Command command = parse(payload).orElseThrow();
        assertEquals(payload, CommandText.of(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vMustReplyEmpty",
                "qTStatus",
                "qTfV",
                "qOffsets",
                "qL1160000000000000000",
                "jThreadsInfo",
                "_M100,rwx",
                "qGetTIBAddr:1",
                "QThreadEvents:1",
                "QThreadOptions;0",
                "QTBuffer:size:1",
                "qSupportedX",
                "qCX",
                "vContX;c",
                "vStopped",
                "bc",
                "bs",
                "A1",
                "t",
                "QEnableErrorStrings"
            })
    void unknownPacketIsNothing(String payload) throws MalformedPacketException {
        assertTrue(parse(payload).isEmpty(), payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "m1",
                "m1,",
                "mx,1",
                "m1,1,1",
                "m1,ffffffff",
                "m11111111111111111,1",
                "M1,2:00",
                "M1,1:0",
                "M1,1:zz",
                "X1,2:}",
                "X1,1:",
                "G0",
                "Gxy",
                "p",
                "pz",
                "P1",
                "P1=0",
                "P1=;bad",
                "g;thr:1;",
                "H",
                "Hx1",
                "Hgp",
                "T",
                "Z0",
                "Z9,1,1",
                "Z0,1",
                "C",
                "Cxx",
                "vCont",
                "vCont;",
                "vCont;q",
                "vCont;C",
                "vCont;r1",
                "vCont;c:xyz",
                "vKill",
                "vKill;",
                "vRun",
                "vRun;zz",
                "D;",
                "qXfer",
                "qXfer:auxv:read::z,1",
                "qXfer:auxv:read::1",
                "qXfer:siginfo:write::8",
                "qGetTLSAddr:1,2",
                "qGetTLSAddr:1,2,3,4",
                "vFile",
                "vFile:open:zz,0,0",
                "vFile:pread:1",
                "qRcmd",
                "qRcmd,1",
                "QNonStop",
                "QNonStop:2",
                "qCRC:1",
                "qMemoryRegionInfo",
                "qMemoryRegionInfo:464840,1",
                "qSearch:disk:1;2;3",
                "qSearch:memory:1;2",
                "QPassSignals:x",
                "QCatchSyscalls",
                "QCatchSyscalls:2",
                "QCatchSyscalls:1;",
                "QCatchSyscalls:1;x",
                "QEnvironmentHexEncoded:41",
                "qRegisterInfo",
                "qThreadStopInfo",
                "qThreadExtraInfo",
                "qThreadExtraInfo,"
            })
    void nonsenseAfterAKnownNameIsMalformed(String payload) {
        assertThrows(MalformedPacketException.class, () -> parse(payload), payload);
    }

    @Test
    void bothWritePacketsMeanTheSame() throws MalformedPacketException {
        assertEquals(parse("M10,3:232a7d"), parse("X10,3:}\003}\n}]"));
    }

    @Test
    void lowAndHighAddressesAreUnsigned() throws MalformedPacketException {
        assertEquals(Optional.of(new MemoryCommand.Read(-8, 8)), parse("mfffffffffffffff8,8"));
    }

    @Test
    void processAloneNamesAllItsThreads() throws MalformedPacketException {
        ThreadSelector selector = ThreadSelector.parse("p1234");
        assertEquals(new ThreadSelector(0x1234, ThreadSelector.ALL), selector);
    }

    @Test
    void processZeroIsAnyProcess() throws MalformedPacketException {
        assertEquals(parse("Hg0"), parse("Hgp0.0"));
    }

    @Test
    void runWithoutFileIsTheProgramOfTheLastStart() throws MalformedPacketException {
        assertEquals(Optional.of(new LaunchCommand.Run(Optional.empty(), List.of())), parse("vRun;"));
    }

    @Test
    void anyBytesAreACommandNothingOrMalformed() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] payload = randomPacket(random);
            try {
                PacketTable.parse(payload);
            } catch (MalformedPacketException expected) {
                assertTrue(payload.length > 0, "seed " + seed);
            } catch (RuntimeException defect) {
                throw new AssertionError("seed " + seed + ": " + Hex.of(payload), defect);
            }
        }
    }

    private static byte[] randomPacket(SplittableRandom random) {
        String[] heads = {
            "m",
            "X",
            "vCont",
            "vCont;s:",
            "qXfer:",
            "vFile:open:",
            "G",
            "P",
            "Z0,",
            "H",
            "qSearch:memory:",
            "vRun;",
            "q"
        };
        byte[] head = bytes(heads[random.nextInt(heads.length)]);
        byte[] payload = new byte[head.length + random.nextInt(20)];
        String alphabet = "0123456789abcdef:;,.-p+=}*\377\000cCsSrt";
        for (int i = 0; i < payload.length; i++) {
            payload[i] = i < head.length ? head[i] : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return payload;
    }
}
