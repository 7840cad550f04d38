// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

/** A command cannot be done; the message names the field and what is allowed there. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
