import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes one jar of many, for the sake of the JVM's AOT cache, which is what makes a start fast (docs/decisions/0007). At each start the JVM looks at every jar on the class path and
 * reads its manifest, so there is one, with a short one. What the cache cannot hold is replaced by equivalents:
 *
 * <ul>
 *   <li>class files older than Java 6 (picocli, compiled for Java 5) are written anew in the current version;
 *   <li>{@code switch} over types, and {@code equals} and {@code hashCode} of records, which javac compiles to call sites that spin hidden classes on first use, become calls of plain methods that do the same.
 * </ul>
 *
 * Run by the build: {@code java CacheableClassFiles.java FOLDER ONE-JAR MAIN-CLASS VERSION}; the folder holds the jars.
 */
final class CacheableClassFiles {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final int OLDEST_IN_CACHE = ClassFile.JAVA_6_VERSION;
    private static final String SERVICES = "META-INF/services/";
    /** Libraries for which the current version is not the one they were compiled for are left as they are. */
    private static final List<String> REWRITTEN = List.of("picocli/", "dev/gostub/");

    private final ClassFile compiler;

    private CacheableClassFiles(ClassLoader classes) {
        this.compiler = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(classes)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] arguments) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (var found = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            found.forEach(jars::add);
        }
        jars.sort(null); // the same jar from the same jars
        List<URL> all = new ArrayList<>();
        for (Path jar : jars) all.add(jar.toUri().toURL());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, arguments[2]);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, arguments[3]);
        Path result = Path.of(arguments[1]);
        Files.createDirectories(result.toAbsolutePath().getParent());
        try (URLClassLoader classes = new URLClassLoader(all.toArray(URL[]::new));
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(result), manifest)) {
            new CacheableClassFiles(classes).merge(jars, to);
        }
    }

    private void merge(List<Path> jars, JarOutputStream to) throws IOException {
        Map<String, ByteArrayOutputStream> services = new TreeMap<>();
        Set<String> written = new HashSet<>();
        for (Path jar : jars) {
            try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar))) {
                for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                    String name = entry.getName();
                    if (name.startsWith(SERVICES) && !entry.isDirectory()) {
                        services.computeIfAbsent(name, _ -> new ByteArrayOutputStream()).write(from.readAllBytes());
                    } else if (isWanted(entry) && written.add(name)) {
                        write(to, name, entry.getTime(), rewritten(name, from.readAllBytes()));
                    }
                }
            }
        }
        for (var service : services.entrySet()) write(to, service.getKey(), 0, service.getValue().toByteArray());
    }

    /** Of what describes a jar, licences and notices go on; versions for other Javas are only {@code module-info}s. */
    private static boolean isWanted(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.equals("module-info.class")
                && (!name.startsWith("META-INF/") || name.contains("LICENSE") || name.contains("NOTICE"));
    }

    private static void write(JarOutputStream to, String name, long time, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }

    private byte[] rewritten(String name, byte[] content) {
        return name.endsWith(".class") && REWRITTEN.stream().anyMatch(name::startsWith) ? rewritten(content) : content;
    }

    private byte[] rewritten(byte[] content) {
        ClassModel model = compiler.parse(content);
        if (model.majorVersion() < OLDEST_IN_CACHE) {
            ClassTransform newVersion =
                    ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.latestMajorVersion(), 0));
            // Code that is only copied keeps what stack maps it had, here none: pass it through a transform.
            ClassTransform newCode = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
            return compiler.transformClass(model, newVersion.andThen(newCode));
        }
        CallSites sites = new CallSites(model);
        byte[] result = compiler.transformClass(model, ClassTransform.transformingMethodBodies(sites::replace)
                .andThen(ClassTransform.endHandler(sites::addMethods)));
        return sites.methods.isEmpty() ? content : result;
    }

    /** Replaces call sites by static methods of the same class. */
    private static final class CallSites {
        private final ClassModel model;
        private final List<PlainMethod> methods = new ArrayList<>();

        CallSites(ClassModel model) {
            this.model = model;
        }

        /** A method to add. */
        private record PlainMethod(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

        void addMethods(ClassBuilder builder) {
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
            for (PlainMethod each : methods) builder.withMethodBody(each.name, each.type, flags, each.body);
        }

        void replace(CodeBuilder code, CodeElement element) {
            Optional<Consumer<CodeBuilder>> body =
                    element instanceof InvokeDynamicInstruction call ? body(call) : Optional.empty();
            if (body.isEmpty() || !(element instanceof InvokeDynamicInstruction call)) {
                code.with(element);
                return;
            }
            String name = "plain$" + call.name().stringValue() + methods.size();
            methods.add(new PlainMethod(name, call.typeSymbol(), body.get()));
            boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
            code.invokestatic(model.thisClass().asSymbol(), name, call.typeSymbol(), inInterface);
        }

        private Optional<Consumer<CodeBuilder>> body(InvokeDynamicInstruction call) {
            var bootstrap = call.invokedynamic().bootstrap();
            String owner = bootstrap.bootstrapMethod().reference().owner().asInternalName();
            List<LoadableConstantEntry> arguments = bootstrap.arguments();
            if (owner.equals("java/lang/runtime/SwitchBootstraps")) {
                if (!arguments.stream().allMatch(ClassEntry.class::isInstance)) return Optional.empty();
                List<ClassEntry> labels = arguments.stream().map(ClassEntry.class::cast).toList();
                return Optional.of(code -> firstMatch(code, labels));
            }
            if (!owner.equals("java/lang/runtime/ObjectMethods")) return Optional.empty();
            List<RecordComponentInfo> components =
                    model.findAttribute(java.lang.classfile.Attributes.record()).orElseThrow().components();
            return switch (call.name().stringValue()) {
                case "equals" -> Optional.of(code -> equal(code, components));
                case "hashCode" -> Optional.of(code -> hash(code, components));
                default -> Optional.empty();
            };
        }

        /** The index of the first label, from the second argument on, that the first argument is an instance of. */
        private static void firstMatch(CodeBuilder code, List<ClassEntry> labels) {
            Label present = code.newLabel();
            code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
            for (int i = 0; i < labels.size(); i++) {
                Label next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                code.aload(0).instanceOf(labels.get(i)).ifeq(next);
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        }

        /** As {@code ObjectMethods} has it: references by {@code Objects.equals}, primitives by their wrapper's {@code compare}. */
        private void equal(CodeBuilder code, List<RecordComponentInfo> components) {
            ClassDesc self = model.thisClass().asSymbol();
            Label different = code.newLabel();
            code.aload(1).instanceOf(self).ifeq(different);
            for (RecordComponentInfo each : components) {
                ClassDesc type = each.descriptorSymbol();
                code.aload(0).getfield(self, each.name().stringValue(), type);
                code.aload(1).checkcast(self).getfield(self, each.name().stringValue(), type);
                if (type.isPrimitive()) {
                    code.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type));
                    code.ifne(different);
                } else {
                    ClassDesc object = ConstantDescs.CD_Object;
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(ConstantDescs.CD_boolean, object, object));
                    code.ifeq(different);
                }
            }
            code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
        }

        private void hash(CodeBuilder code, List<RecordComponentInfo> components) {
            ClassDesc self = model.thisClass().asSymbol();
            code.iconst_0();
            for (RecordComponentInfo each : components) {
                ClassDesc type = each.descriptorSymbol();
                code.loadConstant(31).imul().aload(0).getfield(self, each.name().stringValue(), type);
                ClassDesc owner = type.isPrimitive() ? wrapper(type) : OBJECTS;
                ClassDesc argument = type.isPrimitive() ? type : ConstantDescs.CD_Object;
                code.invokestatic(owner, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, argument)).iadd();
            }
            code.ireturn();
        }

        private static ClassDesc wrapper(ClassDesc primitive) {
            return switch (primitive.descriptorString()) {
                case "Z" -> ConstantDescs.CD_Boolean;
                case "B" -> ConstantDescs.CD_Byte;
                case "S" -> ConstantDescs.CD_Short;
                case "C" -> ConstantDescs.CD_Character;
                case "I" -> ConstantDescs.CD_Integer;
                case "J" -> ConstantDescs.CD_Long;
                case "F" -> ConstantDescs.CD_Float;
                default -> ConstantDescs.CD_Double;
            };
        }
    }
}
