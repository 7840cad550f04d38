// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;

/** Creates many users with one password: a prefix to which a number from 0 is added, how many, the password. */
public final class EnsureUsers implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        EnsureUser one = new EnsureUser();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            one.run(arguments[0] + i, arguments[2]);
        }
        return "";
    }
}
