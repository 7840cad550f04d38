// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.Capabilities;
import im.bastion.host.Capability;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds members of the host by name and shape, and keeps the list of what was found. Every look-up names the capability
 * and the guard it is for; a miss is one log line and one entry, never an exception.
 */
public final class Probe implements Capabilities {
    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final List<Capability> found = new CopyOnWriteArrayList<>();
    private final ClassLoader loader;

    public Probe(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public List<Capability> all() {
        return List.copyOf(found);
    }

    /** The class of that name, or null; not recorded as a capability. */
    public Class<?> type(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /**
     * The first public method of {@code owner} with one of the shapes, in the order of the shapes.
     *
     * @param owner may be null: then nothing is found
     * @return unreflected handle (receiver first unless static), or null
     */
    @SafeVarargs
    public final MethodHandle method(
            String id, String guard, Class<?> owner, String name, Predicate<Method>... shapes) {
        MethodHandle handle = quietly(owner, name, shapes);
        if (handle == null) {
            missing(id, guard, (owner == null ? "?" : owner.getSimpleName()) + "." + name);
        } else {
            present(id, guard, owner.getSimpleName() + "." + name + handle.type());
        }
        return handle;
    }

    /** As {@link #method}, but records nothing: for one of several ways to the same capability. */
    @SafeVarargs
    public final MethodHandle quietly(Class<?> owner, String name, Predicate<Method>... shapes) {
        if (owner == null) {
            return null;
        }
        List<Method> named = named(owner, name);
        for (Predicate<Method> shape : shapes) {
            for (Method method : named) {
                if (shape.test(method)) {
                    try {
                        return MethodHandles.publicLookup().unreflect(method);
                    } catch (IllegalAccessException e) {
                        LOG.debug("Not accessible: {}", method, e);
                    }
                }
            }
        }
        return null;
    }

    /** Empty also for a class that this host cannot link, because something it mentions is not there. */
    private static List<Method> named(Class<?> owner, String name) {
        try {
            return Arrays.stream(owner.getMethods())
                    .filter(m -> m.getName().equals(name) && !m.isBridge())
                    .toList();
        } catch (LinkageError e) {
            LOG.debug("{} cannot be linked", owner, e);
            return List.of();
        }
    }

    /** A shape: exactly these parameter types. */
    public static Predicate<Method> takes(Class<?>... types) {
        return m -> Arrays.equals(m.getParameterTypes(), types);
    }

    /** A shape: parameter types with these simple names, for types that exist only in some versions. */
    public static Predicate<Method> takesNamed(String... simpleNames) {
        return m -> Arrays.stream(m.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.toList())
                .equals(List.of(simpleNames));
    }

    /** Records what a guard can rely on. */
    public void present(String id, String guard, String detail) {
        found.add(new Capability(id, guard, true, detail));
    }

    /** Records what a guard needs and this host does not have, and says so once in the log. */
    public void missing(String id, String guard, String lookedFor) {
        found.add(new Capability(id, guard, false, lookedFor));
        LOG.warn(
                "This Openfire has no {} (capability {}); the guard \"{}\" stays off without it.",
                lookedFor,
                id,
                guard);
    }
}
