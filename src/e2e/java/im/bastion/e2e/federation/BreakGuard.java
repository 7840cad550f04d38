// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.gate.Guard;
import java.lang.reflect.Field;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;

/** Takes its verdicts from the running federation guard: from now on it throws on each stanza, until it is reloaded. */
public final class BreakGuard implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        for (PacketInterceptor interceptor : InterceptorManager.getInstance().getInterceptors()) {
            if (interceptor.getClass().getName().startsWith("im.bastion.")) {
                Object gate = field(interceptor, "watcher").get(interceptor);
                for (Guard guard : (Guard[]) field(gate, "guards").get(gate)) {
                    if (guard.name().equals("federation")) {
                        field(guard, "verdicts").set(guard, null);
                        return "broken";
                    }
                }
            }
        }
        throw new IllegalStateException("there is no federation guard");
    }

    private static Field field(Object owner, String name) throws NoSuchFieldException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
