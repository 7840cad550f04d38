// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.server.inside.InsideTask;
import org.jivesoftware.openfire.user.UserManager;

/** Deletes an account as the admin console does. */
public final class DeleteAccount implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        UserManager users = UserManager.getInstance();
        users.deleteUser(users.getUser(arguments[0]));
        return "";
    }
}
