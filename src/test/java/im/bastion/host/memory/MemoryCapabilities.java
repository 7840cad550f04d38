// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Capabilities;
import im.bastion.host.Capability;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that has everything but what a test takes away. */
public final class MemoryCapabilities implements Capabilities {
    private final List<Capability> found = new CopyOnWriteArrayList<>();

    @Override
    public List<Capability> all() {
        return List.copyOf(found);
    }

    /** This host has that. */
    public void has(String id, String guard) {
        found.add(new Capability(id, guard, true, "in memory"));
    }

    /** This host lacks that. */
    public void lacks(String id, String guard) {
        found.add(new Capability(id, guard, false, "taken away by the test"));
    }
}
