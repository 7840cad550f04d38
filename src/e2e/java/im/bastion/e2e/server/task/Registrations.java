// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jivesoftware.admin.AdminConsole;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.PluginServlet;
import org.jivesoftware.openfire.event.GroupEventDispatcher;
import org.jivesoftware.openfire.event.SessionEventDispatcher;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.muc.MUCEventDispatcher;
import org.jivesoftware.openfire.user.PresenceEventDispatcher;
import org.jivesoftware.util.PropertyEventDispatcher;

/**
 * Everything a plugin can leave with the server: interceptors, listeners, IQ handlers, disco features and items, servlets,
 * console items, plugin manager's books. One line for each: owner, field, and the class or the name registered.
 */
public final class Registrations implements InsideTask {
    /** What traffic fills: answers awaited, and a cache of iqHandlers, which are listed; and who built the server. */
    private static final Set<String> BUSY = Set.of(
            "resultListeners",
            "resultTimeout",
            "resultPending",
            "namespace2Handlers",
            "failureToLoadCount",
            "gitprops");

    private static final List<Class<?>> DISPATCHERS = List.of(
            PropertyEventDispatcher.class,
            MUCEventDispatcher.class,
            SessionEventDispatcher.class,
            UserEventDispatcher.class,
            GroupEventDispatcher.class,
            PresenceEventDispatcher.class,
            PluginServlet.class);

    private final Set<String> found = new TreeSet<>();

    @Override
    public String run(String... arguments) throws IllegalAccessException {
        XMPPServer server = XMPPServer.getInstance();
        for (Object owner : List.of(
                InterceptorManager.getInstance(),
                server,
                server.getIQRouter(),
                server.getIQDiscoInfoHandler(),
                server.getIQDiscoItemsHandler(),
                server.getPluginManager())) {
            read(owner.getClass(), owner);
        }
        for (Class<?> dispatcher : DISPATCHERS) {
            read(dispatcher, null);
        }
        read(AdminConsole.class, null);
        return String.join("\n", found);
    }

    private void read(Class<?> type, Object owner) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            boolean isStatic = Modifier.isStatic(field.getModifiers());
            if (isStatic == (owner == null) && !BUSY.contains(field.getName())) {
                field.setAccessible(true);
                contents(field.get(owner))
                        .forEach(item -> found.add(type.getSimpleName() + "." + field.getName() + ": "
                                + (item instanceof String name
                                        ? name
                                        : item.getClass().getName())));
            }
        }
    }

    private static Stream<?> contents(Object value) {
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(map.keySet().stream(), map.values().stream());
        }
        return value instanceof Collection<?> collection ? collection.stream() : Stream.empty();
    }
}
