// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Plugins;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plugins by name. */
public final class MemoryPlugins implements Plugins {
    private final Set<String> installed = new ConcurrentSkipListSet<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Override
    public boolean isInstalled(String name) {
        return installed.contains(name);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Loads one. */
    public void install(String name) {
        installed.add(name);
        listeners.forEach(Runnable::run);
    }

    /** Unloads it. */
    public void remove(String name) {
        installed.remove(name);
        listeners.forEach(Runnable::run);
    }
}
