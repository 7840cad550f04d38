// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The attributes that are text: USERNAME, REALM, NONCE, SOFTWARE (RFC 8489 §14.3, §14.9 to §14.14). */
public final class TextAttribute {
    private static final int MAX_BYTES = 763;

    private TextAttribute() {}

    public static StunAttribute of(int type, String text) {
        return new StunAttribute(type, text.getBytes(UTF_8));
    }

    /**
     * The text; what is not UTF-8 comes out as replacement characters.
     *
     * @throws StunFormatException when it is longer than any of them may be
     */
    public static String read(StunAttribute attribute) throws StunFormatException {
        if (attribute.length() > MAX_BYTES) {
            throw new StunFormatException("text of " + attribute.length() + " bytes");
        }
        return UTF_8.decode(attribute.value()).toString();
    }
}
