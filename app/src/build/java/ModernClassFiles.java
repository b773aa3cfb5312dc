import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites a jar whose class files are older than Java 6 to the version of the JDK that runs this, with the stack maps
 * that newer class files have. The JVM's AOT cache leaves out older ones: picocli, compiled for Java 5, cost 50 of the 100 ms
 * of a start. A jar that is new enough is left alone. Run by the build: {@code java ModernClassFiles.java JAR}.
 */
final class ModernClassFiles {
    private static final int OLDEST_IN_CACHE = ClassFile.JAVA_6_VERSION;

    private ModernClassFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        boolean changed;
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipInputStream from = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            changed = rewrite(from, to, compiler(classes));
        }
        if (changed) Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
        else Files.delete(rewritten);
    }

    /** Resolves the classes' supertypes, which stack maps need, in the jar itself. */
    private static ClassFile compiler(ClassLoader classes) {
        return ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(classes)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static boolean rewrite(ZipInputStream from, ZipOutputStream to, ClassFile compiler) throws IOException {
        boolean changed = false;
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            byte[] content = from.readAllBytes();
            if (entry.getName().endsWith(".class") && version(content) < OLDEST_IN_CACHE) {
                content = modern(content, compiler);
                changed = true;
            }
            ZipEntry same = new ZipEntry(entry.getName());
            same.setTime(entry.getTime());
            to.putNextEntry(same);
            to.write(content);
            to.closeEntry();
        }
        return changed;
    }

    private static int version(byte[] content) {
        return (content[6] & 0xff) << 8 | content[7] & 0xff;
    }

    private static byte[] modern(byte[] content, ClassFile compiler) {
        ClassTransform newVersion =
                ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.latestMajorVersion(), 0));
        // Code that is only copied keeps what stack maps it had, here none: pass it through a transform.
        ClassTransform newCode = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return compiler.transformClass(compiler.parse(content), newVersion.andThen(newCode));
    }
}
