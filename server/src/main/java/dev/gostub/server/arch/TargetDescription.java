package dev.gostub.server.arch;

import dev.gostub.server.arch.Amd64Register.Feature;
import java.util.Optional;

/**
 * gdb's target description (manual, appendix G): {@code target.xml} holds includes only, one file per feature.
 *
 * <p>The form is chosen for two readers. gdb wants {@code osabi} and the feature {@code org.gnu.gdb.i386.linux} before it
 * turns on its Linux half for Go programs, which carry no ABI note. dlv sees only {@code reg} elements directly under a
 * document's root, follows includes only while the {@code xi} prefix is not declared, and its text decoding forbids
 * {@code # $ * } and curly braces. The xmm registers must be in a feature of their own, else gdb fails on float arguments.
 */
public final class TargetDescription {
    // gdb/features/i386/64bit-core.xml names these bits; a field without a name keeps bit 1 from being printed.
    private static final String[] EFLAGS = {
        "CF:0", ":1", "PF:2", "AF:4", "ZF:6", "SF:7", "TF:8", "IF:9", "DF:10", "OF:11", "NT:14", "RF:16", "VM:17",
        "AC:18", "VIF:19", "VIP:20", "ID:21"
    };
    private static final String[] MXCSR = {
        "IE:0", "DE:1", "ZE:2", "OE:3", "UE:4", "PE:5", "DAZ:6", "IM:7", "DM:8", "ZM:9", "OM:10", "UM:11", "PM:12",
        "FZ:15"
    };
    private static final String[] VECTORS = {
        "v8bf16:bfloat16:8",
        "v4f:ieee_single:4",
        "v2d:ieee_double:2",
        "v16i8:int8:16",
        "v8i16:int16:8",
        "v4i32:int32:4",
        "v2i64:int64:2"
    };
    private static final String[] VEC128 = {
        "v8_bfloat16:v8bf16",
        "v4_float:v4f",
        "v2_double:v2d",
        "v16_int8:v16i8",
        "v8_int16:v8i16",
        "v4_int32:v4i32",
        "v2_int64:v2i64",
        "uint128:uint128"
    };

    private TargetDescription() {}

    /** The document of that name, or empty. The first to ask for is {@code target.xml}. */
    public static Optional<String> document(String annex) {
        if (annex.equals("target.xml")) {
            return Optional.of(root());
        }
        for (Feature feature : Feature.values()) {
            if (annex.equals(feature.annex())) {
                return Optional.of(feature(feature));
            }
        }
        return Optional.empty();
    }

    private static String root() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n");
        xml.append("<target>\n<architecture>i386:x86-64</architecture>\n<osabi>GNU/Linux</osabi>\n");
        for (Feature feature : Feature.values()) {
            xml.append("<xi:include href=\"").append(feature.annex()).append("\"/>\n");
        }
        return xml.append("</target>\n").toString();
    }

    private static String feature(Feature feature) {
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE feature SYSTEM \"gdb-target.dtd\">\n");
        xml.append("<feature name=\"").append(feature.gdbName()).append("\">\n");
        switch (feature) {
            case CORE -> flags(xml, "i386_eflags", EFLAGS);
            case SSE -> sseTypes(xml);
            case AVX, LINUX, SEGMENTS -> {}
        }
        for (Amd64Register register : Amd64Registers.all()) {
            if (register.feature() == feature) {
                register(xml, register);
            }
        }
        return xml.append("</feature>\n").toString();
    }

    private static void sseTypes(StringBuilder xml) {
        for (String vector : VECTORS) {
            String[] part = vector.split(":", -1);
            xml.append("<vector id=\"").append(part[0]).append("\" type=\"").append(part[1]);
            xml.append("\" count=\"").append(part[2]).append("\"/>\n");
        }
        xml.append("<union id=\"vec128\">\n");
        for (String field : VEC128) {
            String[] part = field.split(":", -1);
            xml.append("<field name=\"")
                    .append(part[0])
                    .append("\" type=\"")
                    .append(part[1])
                    .append("\"/>\n");
        }
        xml.append("</union>\n");
        flags(xml, "i386_mxcsr", MXCSR);
    }

    private static void flags(StringBuilder xml, String id, String[] bits) {
        xml.append("<flags id=\"").append(id).append("\" size=\"4\">\n");
        for (String bit : bits) {
            int colon = bit.indexOf(':');
            String number = bit.substring(colon + 1);
            xml.append("<field name=\"")
                    .append(bit, 0, colon)
                    .append("\" start=\"")
                    .append(number);
            xml.append("\" end=\"").append(number).append("\"/>\n");
        }
        xml.append("</flags>\n");
    }

    private static void register(StringBuilder xml, Amd64Register register) {
        xml.append("<reg name=\"").append(register.name());
        xml.append("\" bitsize=\"").append(register.sizeBytes() * 8);
        xml.append("\" type=\"").append(register.type());
        xml.append("\" regnum=\"").append(register.number());
        if (!register.group().isEmpty()) {
            xml.append("\" group=\"").append(register.group());
        }
        xml.append("\"/>\n");
    }
}
