package dev.gostub.rules;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many bytes of bytecode the methods of a folder of classes have. HotSpot does not compile a method of more than 8,000
 * ({@code HugeMethodLimit}), so one such method on a hot path runs in the JVM's own interpreter for ever.
 */
public final class MethodSizes {
    /** HotSpot's {@code HugeMethodLimit}. */
    public static final int HUGE_BYTES = 8000;

    private MethodSizes() {}

    /**
     * Checks every method below a folder of class files.
     *
     * @throws AssertionError if a method is larger than {@link #HUGE_BYTES}, or fewer methods than expected were found
     */
    public static void check(Path classFolder, int methodsAtLeast) throws IOException {
        List<String> huge = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(classFolder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                seen += collect(ClassFile.of().parse(file), huge);
            }
        }
        if (seen < methodsAtLeast) {
            throw new AssertionError("expected " + methodsAtLeast + " methods in " + classFolder + ", found " + seen);
        }
        if (!huge.isEmpty()) throw new AssertionError("over " + HUGE_BYTES + " bytes:\n" + String.join("\n", huge));
    }

    private static int collect(ClassModel model, List<String> huge) {
        int seen = 0;
        for (MethodModel method : model.methods()) {
            if (!(method.code().orElse(null) instanceof CodeAttribute code)) continue;
            seen++;
            if (code.codeLength() > HUGE_BYTES) {
                huge.add(model.thisClass().asInternalName() + "." + method.methodName() + ": " + code.codeLength());
            }
        }
        return seen;
    }
}
