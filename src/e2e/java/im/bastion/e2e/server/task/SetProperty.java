// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import org.jivesoftware.util.JiveGlobals;

/** Sets an Openfire property at runtime, or deletes it: name, value or nothing. */
public final class SetProperty implements InsideTask {
    @Override
    public String run(String... arguments) {
        if (arguments.length == 1) {
            JiveGlobals.deleteProperty(arguments[0]);
        } else {
            JiveGlobals.setProperty(arguments[0], arguments[1]);
        }
        return "";
    }
}
