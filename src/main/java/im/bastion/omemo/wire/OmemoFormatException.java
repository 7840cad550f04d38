// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.wire;

/** A payload is not what its node should hold. The message names the element or attribute; it never quotes the payload. */
public final class OmemoFormatException extends Exception {
    public OmemoFormatException(String message) {
        super(message);
    }
}
