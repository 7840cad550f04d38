// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

/** A field of a rule's definition holds something not allowed. The message names the field and the allowed range. */
public final class BrokenDefinition extends Exception {
    private static final long serialVersionUID = 1L;

    public BrokenDefinition(String field, String allowed) {
        this(field, allowed, null);
    }

    public BrokenDefinition(String field, String allowed, Exception cause) {
        super("\"" + field + "\" must be " + allowed, cause);
    }
}
