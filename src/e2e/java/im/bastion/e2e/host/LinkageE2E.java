// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import im.bastion.e2e.server.Distribution;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the compiled plugin names of its host is there in the Openfire under test, with that very signature: a method
 * that returns another type than in 4.2.0 compiles, and fails for the first user who needs it.
 */
class LinkageE2E {
    private static final String HOST = "org.jivesoftware.";

    @Test
    void everythingThatIsNamedOfTheHostIsThere() throws Exception {
        Set<String> missing = new TreeSet<>();
        int looked = 0;
        try (URLClassLoader host = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
            for (JavaClass ours : new ClassFileImporter().importPackages("im.bastion.openfire", "im.bastion.plugin")) {
                for (JavaCodeUnitAccess<?> access : ours.getCodeUnitAccessesFromSelf()) {
                    looked += look(host, access.getTarget(), ours, missing);
                }
                for (JavaFieldAccess access : ours.getFieldAccessesFromSelf()) {
                    looked += look(host, access.getTarget(), ours, missing);
                }
            }
        }

        assertThat(looked).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    private static int look(ClassLoader host, AccessTarget target, JavaClass ours, Set<String> missing) {
        if (!target.getOwner().getName().startsWith(HOST)) {
            return 0;
        }
        try {
            Class<?> owner = Class.forName(target.getOwner().getName(), false, host);
            boolean there = target instanceof AccessTarget.CodeUnitAccessTarget unit
                    ? declares(owner, unit.getName(), descriptor(unit))
                    : hasField(owner, target.getName());
            if (!there) {
                missing.add(ours.getSimpleName() + " uses " + target.getFullName());
            }
        } catch (ClassNotFoundException e) {
            missing.add(ours.getSimpleName() + " uses " + target.getOwner().getName());
        }
        return 1;
    }

    private static boolean declares(Class<?> type, String name, String descriptor) {
        if (type == null) {
            return false;
        }
        if (name.equals("<init>")) {
            return Stream.of(type.getDeclaredConstructors())
                    .anyMatch(made -> descriptor.equals(MethodType.methodType(void.class, made.getParameterTypes())
                            .toMethodDescriptorString()));
        }
        boolean here = Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name)
                        && descriptor.equals(MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                .toMethodDescriptorString()));
        return here
                || declares(type.getSuperclass(), name, descriptor)
                || Stream.of(type.getInterfaces()).anyMatch(each -> declares(each, name, descriptor))
                || (type.isInterface() && declares(Object.class, name, descriptor));
    }

    private static boolean hasField(Class<?> type, String name) {
        return type != null
                && (Stream.of(type.getDeclaredFields())
                                .anyMatch(field -> field.getName().equals(name))
                        || hasField(type.getSuperclass(), name)
                        || Stream.of(type.getInterfaces()).anyMatch(each -> hasField(each, name)));
    }

    private static String descriptor(AccessTarget.CodeUnitAccessTarget unit) {
        StringBuilder descriptor = new StringBuilder("(");
        unit.getRawParameterTypes().forEach(type -> descriptor.append(descriptor(type)));
        return descriptor
                .append(')')
                .append(descriptor(unit.getRawReturnType()))
                .toString();
    }

    private static String descriptor(JavaClass type) {
        return switch (type.getName()) {
            case "void" -> "V";
            case "boolean" -> "Z";
            case "byte" -> "B";
            case "char" -> "C";
            case "short" -> "S";
            case "int" -> "I";
            case "long" -> "J";
            case "float" -> "F";
            case "double" -> "D";
            default -> {
                String name = type.getName().replace('.', '/');
                yield name.startsWith("[") ? name : "L" + name + ";";
            }
        };
    }

    private static URL[] jars() throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(Distribution.underTest().lib())) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
