package dev.gostub.rules;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes of a folder that can be made and extend a given one, over however many steps. */
public final class Subclasses {
    private final Map<String, String> parents = new TreeMap<>();
    private final Set<String> concrete = new TreeSet<>();

    private Subclasses() {}

    /**
     * Their names in the manner of {@link Class#getName}.
     *
     * @param name the full name of the class that they extend
     */
    public static Set<String> of(Path classFolder, String name) throws IOException {
        Subclasses found = new Subclasses();
        try (Stream<Path> files = Files.walk(classFolder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                found.add(ClassFile.of().parse(file));
            }
        }
        Set<String> names = new TreeSet<>(found.concrete);
        names.removeIf(each -> !found.isBelow(each, name));
        return names;
    }

    private void add(ClassModel model) {
        String name = model.thisClass().asInternalName().replace('/', '.');
        model.superclass()
                .ifPresent(parent -> parents.put(name, parent.asInternalName().replace('/', '.')));
        if (!model.flags().has(AccessFlag.ABSTRACT)) concrete.add(name);
    }

    private boolean isBelow(String name, String ancestor) {
        for (String parent = parents.get(name); parent != null; parent = parents.get(parent)) {
            if (parent.equals(ancestor)) return true;
        }
        return false;
    }
}
