// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** The host could not do what was asked. The message names what, for the log and the console. */
public final class HostException extends RuntimeException {
    public HostException(String message) {
        super(message);
    }

    public HostException(String message, Throwable cause) {
        super(message, cause);
    }
}
