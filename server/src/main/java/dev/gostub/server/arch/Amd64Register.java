package dev.gostub.server.arch;

/**
 * One register of the block.
 *
 * @param feature the part of the target description it belongs to
 * @param name gdb's name, lower case
 * @param number its number in {@code p}, {@code P} and stop replies; also its place in the order of {@code g}
 * @param offset of its first byte in the block
 * @param sizeBytes its length; values are little-endian
 * @param type gdb's type name
 * @param group gdb's register group, or empty for the default
 */
public record Amd64Register(
        Feature feature, String name, int number, int offset, int sizeBytes, String type, String group) {
    /** The features of gdb's target description, in the order of the block. */
    public enum Feature {
        CORE("org.gnu.gdb.i386.core", "64bit-core.xml"),
        SSE("org.gnu.gdb.i386.sse", "64bit-sse.xml"),
        AVX("org.gnu.gdb.i386.avx", "64bit-avx.xml"),
        LINUX("org.gnu.gdb.i386.linux", "64bit-linux.xml"),
        SEGMENTS("org.gnu.gdb.i386.segments", "64bit-segments.xml");

        private final String gdbName;
        private final String annex;

        Feature(String gdbName, String annex) {
            this.gdbName = gdbName;
            this.annex = annex;
        }

        /** The feature's name in gdb's registry. */
        public String gdbName() {
            return gdbName;
        }

        /** The file that holds it. */
        public String annex() {
            return annex;
        }
    }
}
