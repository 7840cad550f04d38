// SPDX-License-Identifier: Apache-2.0
package im.bastion.command;

/** A command cannot be done; the message names the field and what is allowed there. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }
}
