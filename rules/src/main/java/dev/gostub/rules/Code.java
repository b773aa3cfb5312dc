package dev.gostub.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The compiled classes of one module, the main ones or those of its tests, and the checks over them. */
public final class Code {
    private static final List<String> EMPTY_NAMES =
            List.of("Manager", "Helper", "Util", "Utils", "Impl", "Data", "Info");

    private static final Set<String> TIMES = Set.of("org.junit.jupiter.api.Timeout", "java.util.Timer");

    private final String base;
    private final JavaClasses classes;

    private Code(String base, JavaClasses classes) {
        this.base = base;
        this.classes = classes;
    }

    /**
     * The main classes of a package and those below it.
     *
     * @param classesAtLeast how many there are at the least: raise it as the code grows
     * @throws AssertionError if fewer are found
     */
    public static Code of(String basePackage, int classesAtLeast) {
        return of(basePackage, ImportOption.Predefined.DO_NOT_INCLUDE_TESTS, classesAtLeast);
    }

    /** The classes of the tests of a package and those below it; otherwise as {@link #of}. */
    public static Code ofTests(String basePackage, int classesAtLeast) {
        return of(basePackage, ImportOption.Predefined.ONLY_INCLUDE_TESTS, classesAtLeast);
    }

    private static Code of(String basePackage, ImportOption which, int classesAtLeast) {
        JavaClasses found = new ClassFileImporter().withImportOption(which).importPackages(basePackage);
        if (found.size() < classesAtLeast) {
            throw new AssertionError(
                    "expected " + classesAtLeast + " classes in " + basePackage + ", found " + found.size());
        }
        return new Code(basePackage, found);
    }

    /**
     * Each package imports, of its own module, only what the table grants; a package that the table does not name fails.
     * Names are relative to the base; the base package itself is {@code ""}.
     */
    public void importsOnly(Map<String, Set<String>> table) {
        Set<String> violations = new TreeSet<>();
        for (JavaClass from : classes) {
            String source = area(from.getPackageName());
            Set<String> granted = table.get(source);
            if (granted == null) {
                violations.add("package " + source + " is not in the import table");
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (!within(target) || area(target).equals(source) || granted.contains(area(target))) continue;
                violations.add(source + " must not import " + area(target) + ": " + dependency.getDescription());
            }
        }
        report(violations);
    }

    /** No package takes part in a cycle of imports. */
    public void hasNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(base + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    /** Every package with classes has a {@code package-info} marked {@link NullMarked}. */
    public void isNullMarked() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass each : classes) {
            boolean marked = each.getPackage()
                    .tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith(NullMarked.class))
                    .orElse(false);
            if (!marked) violations.add("no @NullMarked package-info: " + each.getPackageName());
        }
        report(violations);
    }

    /** No static field that can be assigned again. */
    public void hasNoStaticMutableState() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass each : classes) {
            for (JavaField field : each.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (modifiers.contains(JavaModifier.STATIC)
                        && !modifiers.contains(JavaModifier.FINAL)
                        && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                    violations.add("static mutable field: " + field.getFullName());
                }
            }
        }
        report(violations);
    }

    /** No class is named by a word that says nothing. */
    public void namesSaySomething() {
        report(classes.stream()
                .filter(each -> EMPTY_NAMES.stream().anyMatch(each.getSimpleName()::endsWith)
                        || each.getSimpleName().equals("Base"))
                .map(each -> "says nothing: " + each.getName()));
    }

    /**
     * Outside the areas excepted, nobody depends on a type that the predicate picks by its full name.
     *
     * @param exceptIn areas (packages relative to the base) where it is allowed
     */
    public void dependsOnNo(Predicate<String> typeName, String... exceptIn) {
        Set<String> excepted = Set.of(exceptIn);
        report(classes.stream()
                .filter(each -> !excepted.contains(area(each.getPackageName())))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(each -> typeName.test(
                        each.getTargetClass().getBaseComponentType().getName()))
                .map(Dependency::getDescription));
    }

    /** As {@link #dependsOnNo}, but only inside the areas named. */
    public void dependsOnNoInside(Set<String> areas, Predicate<String> typeName) {
        report(classes.stream()
                .filter(each -> areas.contains(area(each.getPackageName())))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(each -> typeName.test(
                        each.getTargetClass().getBaseComponentType().getName()))
                .map(Dependency::getDescription));
    }

    /**
     * Outside the areas and classes excepted, nobody calls or reads a member, named as {@code java.lang.System.nanoTime}
     * ({@code <init>} for constructors without arguments).
     */
    public void touchesNo(Set<String> members, String... exceptIn) {
        Set<String> excepted = Set.of(exceptIn);
        report(classes.stream()
                .filter(each ->
                        !excepted.contains(area(each.getPackageName())) && !excepted.contains(each.getSimpleName()))
                .flatMap(each ->
                        Stream.concat(each.getAccessesFromSelf().stream(), each.getMethodReferencesFromSelf().stream()))
                .filter(access -> members.contains(member(access)))
                .map(JavaAccess::getDescription)
                .distinct());
    }

    /** Nobody looks at a clock, sleeps, or says how long something may take, but through {@code dev.gostub.limit}; for tests. */
    public void waitsByLimitsOnly() {
        touchesNo(Set.of(
                "java.lang.System.nanoTime",
                "java.lang.System.currentTimeMillis",
                "java.lang.Thread.sleep",
                "java.time.Duration.of",
                "java.time.Duration.ofNanos",
                "java.time.Duration.ofMillis",
                "java.time.Duration.ofSeconds",
                "java.time.Duration.ofMinutes",
                "java.time.Instant.now",
                // In nanoseconds nobody writes a limit, but clocks of tests are advanced.
                "java.util.concurrent.TimeUnit.MICROSECONDS",
                "java.util.concurrent.TimeUnit.MILLISECONDS",
                "java.util.concurrent.TimeUnit.SECONDS",
                "java.util.concurrent.TimeUnit.MINUTES"));
        dependsOnNo(TIMES::contains);
    }

    private static String member(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private boolean within(String packageName) {
        return packageName.equals(base) || packageName.startsWith(base + ".");
    }

    /** The first package name below the base; {@code ""} for the base itself. */
    private String area(String packageName) {
        if (packageName.length() <= base.length()) return "";
        String below = packageName.substring(base.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static void report(Stream<String> violations) {
        report(new TreeSet<>(violations.toList()));
    }

    private static void report(Set<String> violations) {
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations:\n" + String.join("\n", violations));
        }
    }
}
