// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import java.io.IOException;

/** A server said no. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int code;

    RefusedException(int code) {
        super("error " + code);
        this.code = code;
    }

    /** The error code, as of RFC 8489 §14.8. */
    public int code() {
        return code;
    }
}
