// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.console;

/** Text made safe for HTML. */
public final class Html {
    private Html() {}

    /** The text with the characters that mean something in HTML escaped; null is empty. */
    public static String escape(String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;");
    }
}
