// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import org.jivesoftware.util.JiveGlobals;

/** The value of an Openfire property, or the default: name, default. */
public final class GetProperty implements InsideTask {
    @Override
    public String run(String... arguments) {
        return JiveGlobals.getProperty(arguments[0], arguments[1]);
    }
}
