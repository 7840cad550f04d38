// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserManager;

/** Creates a user, or gives an existing one the password: name, password. */
public final class EnsureUser implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        UserManager users = UserManager.getInstance();
        try {
            users.createUser(arguments[0], arguments[1], null, null);
        } catch (UserAlreadyExistsException e) {
            users.getUser(arguments[0]).setPassword(arguments[1]);
        }
        return "";
    }
}
