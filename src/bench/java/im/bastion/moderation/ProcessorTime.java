// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.sun.management.OperatingSystemMXBean;
import im.bastion.e2e.server.inside.InsideTask;
import java.lang.management.ManagementFactory;

/** The processor time that the server has used since its start, ns. */
public final class ProcessorTime implements InsideTask {
    @Override
    public String run(String... arguments) {
        return String.valueOf(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
    }
}
