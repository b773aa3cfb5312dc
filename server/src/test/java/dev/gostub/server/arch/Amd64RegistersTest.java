package dev.gostub.server.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.arch.Amd64Register.Feature;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class Amd64RegistersTest {
    private static Amd64Register named(String name) {
        return Amd64Registers.all().stream()
                .filter(register -> register.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "rax, 0, 0, 8",
        "rbp, 6, 48, 8",
        "rsp, 7, 56, 8",
        "r15, 15, 120, 8",
        "rip, 16, 128, 8",
        "eflags, 17, 136, 4",
        "gs, 23, 160, 4",
        "st0, 24, 164, 10",
        "fctrl, 32, 244, 4",
        "fop, 39, 272, 4",
        "xmm0, 40, 276, 16",
        "mxcsr, 56, 532, 4",
        "ymm0h, 57, 536, 16",
        "orig_rax, 73, 792, 8",
        "fs_base, 74, 800, 8",
        "gs_base, 75, 808, 8"
    })
    void registerHasGdbsNumberAndPlace(String name, int number, int offset, int sizeBytes) {
        Amd64Register register = named(name);
        assertEquals(number, register.number());
        assertEquals(offset, register.offset());
        assertEquals(sizeBytes, register.sizeBytes());
    }

    @Test
    void namedOffsetsAgreeWithTheTable() {
        assertEquals(named("rip").offset(), Amd64Registers.RIP_OFFSET);
        assertEquals(named("eflags").offset(), Amd64Registers.EFLAGS_OFFSET);
        assertEquals(named("cs").offset(), Amd64Registers.SELECTORS_OFFSET);
        assertEquals(named("st0").offset(), Amd64Registers.ST_OFFSET);
        assertEquals(named("fctrl").offset(), Amd64Registers.X87_CONTROL_OFFSET);
        assertEquals(named("xmm0").offset(), Amd64Registers.XMM_OFFSET);
        assertEquals(named("mxcsr").offset(), Amd64Registers.MXCSR_OFFSET);
        assertEquals(named("ymm0h").offset(), Amd64Registers.YMM_HIGH_OFFSET);
        assertEquals(named("orig_rax").offset(), Amd64Registers.ORIG_RAX_OFFSET);
        assertEquals(named("gs_base").offset(), Amd64Registers.GS_BASE_OFFSET);
        assertEquals(named("rip").number(), Amd64Registers.RIP);
    }

    private static Element root(String annex) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        String xml = TargetDescription.document(annex).orElseThrow();
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    @Test
    void descriptionConsistsOfIncludesInTheOrderOfTheBlock() throws Exception {
        NodeList includes = root("target.xml").getElementsByTagName("xi:include");
        List<String> annexes = new ArrayList<>();
        for (int i = 0; i < includes.getLength(); i++) {
            annexes.add(((Element) includes.item(i)).getAttribute("href"));
        }
        assertEquals(
                List.of("64bit-core.xml", "64bit-sse.xml", "64bit-avx.xml", "64bit-linux.xml", "64bit-segments.xml"),
                annexes);
        assertEquals(0, root("target.xml").getElementsByTagName("reg").getLength());
        assertEquals(
                "GNU/Linux",
                root("target.xml").getElementsByTagName("osabi").item(0).getTextContent());
    }

    @Test
    void everyRegisterIsADirectChildOfItsFeature() throws Exception {
        int count = 0;
        for (Feature feature : Feature.values()) {
            Element root = root(feature.annex());
            assertEquals("feature", root.getTagName());
            assertEquals(feature.gdbName(), root.getAttribute("name"));
            for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element && element.getTagName().equals("reg")) {
                    Amd64Register register = Amd64Registers.all().get(count++);
                    assertEquals(register.name(), element.getAttribute("name"));
                    assertEquals(register.number(), Integer.parseInt(element.getAttribute("regnum")));
                    assertEquals(register.sizeBytes() * 8, Integer.parseInt(element.getAttribute("bitsize")));
                }
            }
        }
        assertEquals(76, count);
    }

    @Test
    void descriptionHasNothingThatDlvsDecoderTripsOver() {
        List<String> annexes = new ArrayList<>(List.of("target.xml"));
        for (Feature feature : Feature.values()) {
            annexes.add(feature.annex());
        }
        for (String annex : annexes) {
            String xml = TargetDescription.document(annex).orElseThrow();
            assertTrue(xml.chars().noneMatch(c -> "{}*#$".indexOf(c) >= 0), annex);
            assertFalse(xml.contains("xmlns"), annex);
            // dlv strips the first three characters of a reply whose third is a colon, and the first chunk is m or l.
            assertTrue(xml.length() < 0xfff, annex + " fits one read");
        }
    }

    @Test
    void unknownDescriptionIsNone() {
        assertTrue(TargetDescription.document("32bit-core.xml").isEmpty());
    }

    @Test
    void lldbSeesTheSameOffsetsInDecimal() {
        assertTrue(LldbRegisters.of(16).orElseThrow().startsWith("name:rip;bitsize:64;offset:128;"));
        assertTrue(LldbRegisters.of(74).orElseThrow().startsWith("name:fs_base;bitsize:64;offset:800;"));
        assertTrue(LldbRegisters.of(76).isEmpty());
        for (Amd64Register register : Amd64Registers.all()) {
            String line = LldbRegisters.of(register.number()).orElseThrow();
            assertTrue(line.contains("name:" + register.name().toLowerCase(Locale.ROOT) + ";"), line);
        }
    }

    // spotless:off
    /** Numbers of gdb's include/gdb/signals.def by Linux's: all 64. SIGSTKFLT (16) has no name in gdb. */
    private static final int[] GDB_NUMBERS = {
        // HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT
        1, 2, 3, 4, 5, 6, 10, 8, 9, 30, 11, 31, 13, 14, 15, GdbSignals.UNKNOWN,
        // CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS
        20, 19, 17, 18, 21, 22, 16, 24, 25, 26, 27, 28, 23, 32, 12,
        // SIG32, then SIG33 to SIG63, then SIG64
        77,
        45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75,
        78
    };
    // spotless:on

    @Test
    void everySignalHasBothNumbers() {
        assertEquals(64, GDB_NUMBERS.length);
        for (int linux = 1; linux <= 64; linux++) {
            int gdb = GDB_NUMBERS[linux - 1];
            assertEquals(gdb, GdbSignals.fromLinux(linux), "signal " + linux);
            assertEquals(gdb == GdbSignals.UNKNOWN ? 0 : linux, GdbSignals.toLinux(gdb), "signal " + linux);
        }
        assertEquals(29, GdbSignals.toLinux(33), "POLL is IO");
    }

    @Test
    void signalsThatOneSideLacksAreUnknown() {
        assertEquals(GdbSignals.UNKNOWN, GdbSignals.fromLinux(16));
        assertEquals(GdbSignals.UNKNOWN, GdbSignals.fromLinux(65));
        assertEquals(0, GdbSignals.toLinux(7));
        assertEquals(0, GdbSignals.toLinux(GdbSignals.UNKNOWN));
        assertEquals(0, GdbSignals.toLinux(0));
    }
}
